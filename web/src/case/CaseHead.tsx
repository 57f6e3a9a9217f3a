import { PrinterOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Case } from '../api/types'
import { ClockChip } from '../clock/ClockChip'
import { AgencyTag } from '../frame/AgencyTag'
import { CaseNumber } from '../frame/CaseNumber'
import { minuteOf } from '../moments'
import css from './CaseHead.module.css'
import { StatusTag } from './StatusTag'

/** What, who, state, clock. */
export function CaseHead({ kase, today }: { kase: Case; today: string }) {
  const now = kase.steps.find((s) => s.state === 'now')
  return (
    <header className={css.head}>
      <div className={css.what}>
        <p className={css.id}><Link to="/share-requests">共享申请</Link> / <CaseNumber id={kase.id} /></p>
        <h1>{kase.title}</h1>
        <p className={css.who}>
          <AgencyTag agency={kase.requester} max={18} />
          <span>向</span>
          <AgencyTag agency={kase.provider} max={18} />
          <span>申请</span>
          <span className={css.at}>{kase.submittedByName} {minuteOf(kase.submittedAt)} 提交</span>
        </p>
      </div>
      <div className={css.state}>
        <div className={css.line}>
          <StatusTag status={kase.status} />
          {kase.clock && <ClockChip clock={kase.clock} today={today} />}
          <Button className={css.print} icon={<PrinterOutlined />} onClick={() => window.print()} aria-label="打印" />
        </div>
        {now && <p className={css.now}>现由 {now.who} 办理</p>}
      </div>
    </header>
  )
}

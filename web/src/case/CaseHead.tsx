import { PrinterOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Case } from '../api/types'
import { ClockChip } from '../clock/ClockChip'
import { AgencyTag } from '../frame/AgencyTag'
import { CaseNumber } from '../frame/CaseNumber'
import { minuteOf } from '../moments'
import css from './CaseHead.module.css'
import { FollowButton } from './FollowButton'
import { StatusTag } from './StatusTag'

interface Props {
  kase: Case
  today: string
  past: boolean
  change?: () => void // moves the case to other rules, for whom that is allowed
}

/** What, who, state, clock. */
export function CaseHead({ kase, today, past, change }: Props) {
  const now = whoNow(kase)
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
          {!past && <FollowButton kase={kase} />}
          <Button className={css.print} icon={<PrinterOutlined />} onClick={() => window.print()} aria-label="打印" />
        </div>
        {now && <p className={css.now}>现由 {now} 办理</p>}
        {kase.pack && (
          <p className={css.now}>
            适用规则包 {kase.pack.version}{!kase.pack.newest && '（不是现行版本）'}
            {change && <Button type="link" size="small" onClick={change} data-testid="verb-move_rules">改用</Button>}
          </p>
        )}
      </div>
    </header>
  )
}

/** On whom the case waits now: the people where they are known, else the office of the step. */
function whoNow(kase: Case): string | undefined {
  const open = (kase.waiting ?? []).flatMap((w) => w.assignees.filter((a) => a.state === 'waiting').map((a) => `${w.agency.name} ${a.name}`))
  if (open.length > 0) return [...new Set(open)].slice(0, 3).join('、') + (open.length > 3 ? ` 等 ${open.length} 人` : '')
  return kase.steps.find((s) => s.state === 'now')?.who
}

import { HistoryOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import type { Case } from '../api/types'
import { minuteOf } from '../moments'
import css from './AsOfBanner.module.css'

/** Says that this is the past and leads back to the present. */
export function AsOfBanner({ kase, version }: { kase: Case; version?: number }) {
  const at = kase.asOf
  return (
    <div className={css.banner} role="status" data-testid="as-of">
      <HistoryOutlined aria-hidden="true" />
      <p>
        <strong>历史状态</strong>　这是本事项{at ? `在 ${minuteOf(at)} ` : ''}的样子{version ? `（第 ${version} 版）` : ''}，只能查看，不能办理。
      </p>
      <Link to="/share-requests/$caseId" params={{ caseId: kase.id }}>回到现在</Link>
    </div>
  )
}

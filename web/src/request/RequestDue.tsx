import type { RequestSummary } from '../api/types'
import { TermTag } from '../clock/TermTag'
import { lastDayOf } from '../moments'
import css from './Request.module.css'

export function RequestDue({ request }: { request: RequestSummary }) {
  if (!request.dueAt) return <span className={css.under}>—</span>
  if (request.overdue) {
    return <><TermTag signal="overdue" words="逾期" /><div className={css.under}>至 {lastDayOf(request.dueAt)}</div></>
  }
  return <span>至 {lastDayOf(request.dueAt)}</span>
}

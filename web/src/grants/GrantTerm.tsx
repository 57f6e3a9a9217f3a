import type { Grant } from '../api/types'
import { dayOf, lastDayOf } from '../moments'
import css from './Grant.module.css'

export function GrantTerm({ grant }: { grant: Grant }) {
  const waiting = grant.status === 'provisioning' && grant.supplyDueAt
  return <>{grant.from && <div className={css.under}>{dayOf(grant.from)} 起</div>}至 {dayOf(grant.until)}{waiting && <div className={css.under}>开通期限至 {lastDayOf(waiting)}</div>}</>
}

import type { BriefingAgency } from '../api/contract'
import { cutMiddle } from '../frame/cutMiddle'
import css from './AgencyBars.module.css'

/** One row an agency: the bar is what it received, split into closed and open; the words say the rest. */
export function AgencyBars({ agencies }: { agencies: BriefingAgency[] }) {
  const most = Math.max(1, ...agencies.map((a) => a.received))
  if (agencies.length === 0) return <p className={css.none}>这一期间没有受理的事项。</p>
  return (
    <>
      <ul className={css.rows}>
        {agencies.map((a) => (
          <li key={a.agency.id}>
            <span className={css.name} title={a.agency.name}>{cutMiddle(a.agency.name, 16)}</span>
            <svg className={css.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect className={css.whole} width={(a.received / most) * 100} height="10" />
              <rect className={css.closed} width={(Math.min(a.closed, a.received) / most) * 100} height="10" />
            </svg>
            <span className={css.words}>
              受理 {a.received}　办结 {a.closed}　在办 {a.open}　不予共享 {a.refused}
              {a.averageDays !== null && `　平均 ${Math.round(a.averageDays * 10) / 10} 个工作日`}
              {a.overdue > 0 && <strong>　逾期 {a.overdue}</strong>}
            </span>
          </li>
        ))}
      </ul>
      <p className={css.legend}><i className={css.inkClosed} /> 办结　<i className={css.inkOpen} /> 受理未办结</p>
    </>
  )
}

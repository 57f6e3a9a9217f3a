import type { Clock } from '../api/types'
import { dayOf } from '../moments'
import css from './ClockPanel.module.css'
import { amount } from './signal'

/** Every time the term stood still or was made longer, why, and under which article. */
export function ClockPauses({ clock }: { clock: Clock }) {
  const suspensions = clock.suspensions ?? []
  if (suspensions.length === 0 && clock.extended === 0) return null
  return (
    <ul className={css.pauses} aria-label="中止和延长">
      {suspensions.map((s) => (
        <li key={s.from} data-kind="suspended">
          <strong>{s.open ? '正在中止' : '中止'}</strong>　{dayOf(s.from)} {s.open ? '起' : `至 ${dayOf(s.to)}`}
          {s.open && s.to && `，最迟至 ${dayOf(s.to)}`}
          {s.days !== undefined && !s.open && `，${s.days} 天不计入`}
          <p>{[s.reason, s.article].filter(Boolean).join('；依据 ')}</p>
        </li>
      ))}
      {clock.extended > 0 && (
        <li data-kind="extended"><strong>延长</strong>　{amount(clock.extended, clock.unit)}，只能延长一次，理由和决定见办理记录</li>
      )}
    </ul>
  )
}

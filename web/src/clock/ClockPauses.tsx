import type { Clock } from '../api/types'
import { dayOf } from '../moments'
import css from './ClockPanel.module.css'
import { amount } from './signal'

/** Every time the term stood still or was made longer, why, and under which article. */
export function ClockPauses({ clock }: { clock: Clock }) {
  const suspensions = clock.suspensions ?? []
  const extensions = clock.extensions ?? []
  if (suspensions.length + extensions.length === 0) return null
  return (
    <ul className={css.pauses} aria-label="暂停和延长">
      {suspensions.map((s) => (
        <li key={`s${s.from}`} data-kind="suspended">
          <strong>暂停</strong>　{dayOf(s.from)} 至 {s.to && !s.open ? dayOf(s.to) : '今（暂停中）'}
          {s.days !== undefined && `，${s.days} 天不计入`}
          <p>{[s.reason, s.article].filter(Boolean).join('；依据 ')}</p>
        </li>
      ))}
      {extensions.map((e) => (
        <li key={`e${e.at ?? ''}${e.value}`} data-kind="extended">
          <strong>延长</strong>　{amount(e.value, e.unit ?? clock.unit)}{e.at && `，${dayOf(e.at)} 决定`}
          {(e.reason || e.article) && <p>{[e.reason, e.article].filter(Boolean).join('；依据 ')}</p>}
        </li>
      ))}
    </ul>
  )
}

import type { Case, Verb } from '../api/types'
import { ClockLine } from './ClockLine'
import css from './WhatNext.module.css'

/** Before the button: what happens next, to whom, what it does to the clock, under which article. */
export function WhatNext({ kase, verb }: { kase: Case; verb: Verb }) {
  return (
    <div className={css.next} data-testid="what-next">
      <p><strong>此后</strong>{verb.next}</p>
      {verb.clock && <p><strong>期限</strong>{verb.clock}</p>}
      <p className={css.basis}><span>依据 {verb.citation.title}</span><ClockLine clock={kase.clock} /></p>
    </div>
  )
}

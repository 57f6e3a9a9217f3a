import type { Case, Opinion, Side } from '../api/types'
import { OpinionBox } from './OpinionBox'
import css from './OpinionPair.module.css'

/** The two opinions of the joint review side by side; one answer comes of them (26). */
export function OpinionPair({ kase }: { kase: Case }) {
  const of = (side: Side): Opinion[] => kase.opinions.filter((o) => o.side === side)
  return (
    <section>
      <h2 className={css.heading}>会同审核</h2>
      <div className={css.pair}>
        <OpinionBox side="provider" agency={kase.provider} opinions={of('provider')} parts={kase.parts} />
        <OpinionBox side="commission" agency={kase.commission} opinions={of('commission')} parts={kase.parts} />
      </div>
    </section>
  )
}

import type { CasePart } from '../api/types'
import { GroundQuote } from '../ground/GroundQuote'
import { partWords, routeWords } from '../words'
import css from './CaseParts.module.css'
import section from './Section.module.css'

/** The requested items, each with its route and its answer. */
export function CaseParts({ parts }: { parts: CasePart[] }) {
  return (
    <section className={section.sheet}>
      <h2>申请的数据项（{parts.length}）</h2>
      <ul className={css.parts}>
        {parts.map((p) => (
          <li key={p.itemId}>
            <p className={css.line}>
              <strong>{p.name}</strong>
              <span className={css.level}>{p.level}</span>
              <span className={css.route}>{routeWords[p.route]}</span>
              <span className={css.status} data-status={p.status}>{partWords[p.status]}</span>
            </p>
            {p.reason && <p className={css.reason}>{p.reason}</p>}
            {p.grounds.map((g) => <GroundQuote key={g.title + g.article} ground={g} />)}
          </li>
        ))}
      </ul>
    </section>
  )
}

import type { Grant } from '../api/types'
import { distinct } from '../grants/conditions'
import { GrantStatus } from '../grants/GrantStatus'
import { GrantTerm } from '../grants/GrantTerm'
import { conditionWords, grantBasisWords, modeWords } from '../words'
import css from './CaseGrants.module.css'
import section from './Section.module.css'

/** What the case has given so far. */
export function CaseGrants({ grants }: { grants: Grant[] }) {
  if (grants.length === 0) return null
  return (
    <section className={section.sheet}>
      <h2>授权</h2>
      <ul className={css.grants}>
        {grants.map((g) => (
          <li key={g.id}>
            <p className={css.line}>
              <strong>{g.items.map((i) => i.name).join('、')}</strong>
              <span className={css.soft}>{grantBasisWords[g.basis]}</span>
              <span className={css.soft}>{modeWords[g.mode]} · {g.system}</span>
              <span className={css.status}><GrantStatus status={g.status} /></span>
            </p>
            {g.conditions.length > 0 && (
              <ul className={css.conditions}>
                {distinct(g.conditions).map((c) => <li key={c.kind + c.text}>{conditionWords[c.kind]}：{c.text}</li>)}
              </ul>
            )}
            <div className={css.soft}><GrantTerm grant={g} /></div>
          </li>
        ))}
      </ul>
    </section>
  )
}

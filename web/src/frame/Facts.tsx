import type { ReactNode } from 'react'
import css from './Facts.module.css'

interface Props { facts: [term: string, value: ReactNode][]; columns?: 1 | 2 | 3 }

/** Terms and their values, set like the head of an official form. */
export function Facts({ facts, columns = 3 }: Props) {
  return (
    <dl className={css.facts} data-columns={columns}>
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value || '—'}</dd>
        </div>
      ))}
    </dl>
  )
}

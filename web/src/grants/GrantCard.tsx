import { Link } from '@tanstack/react-router'
import type { Grant } from '../api/types'
import { AgencyTag } from '../frame/AgencyTag'
import { distinct } from './conditions'
import css from './Grant.module.css'
import { GrantBasis } from './GrantBasis'
import { GrantStatus } from './GrantStatus'
import { GrantTerm } from './GrantTerm'

export function GrantCard({ grant }: { grant: Grant }) {
  return (
    <div className={css.card}>
      <p className={css.top}>
        <Link className={css.title} to="/catalog/$entryId" params={{ entryId: grant.entry.id }}>{grant.entry.name}</Link>
        <GrantStatus status={grant.status} />
      </p>
      <p className={css.under}>{grant.items.map((i) => i.name).join('、')}</p>
      <p><AgencyTag agency={grant.agency} max={12} /> · {grant.system}</p>
      <div><GrantBasis grant={grant} /></div>
      {grant.conditions.length > 0 && (
        <ul className={css.conditions} aria-label="条件">
          {distinct(grant.conditions).map((c) => <li key={c.kind + c.text}>{c.text}</li>)}
        </ul>
      )}
      <div><GrantTerm grant={grant} /></div>
    </div>
  )
}

import type { Change } from '../api/contract'
import css from './DiffList.module.css'

/** What changed: each value as it was and as it is, in words and not by color alone. */
export function DiffList({ changes }: { changes: Change[] }) {
  return (
    <ul className={css.changes} data-testid="diff">
      {changes.map((c) => (
        <li key={c.title + c.before + c.after}>
          <p className={css.title}>{c.title}</p>
          <p className={css.before}><span className={css.label}>原为</span>{c.before ? <del>{c.before}</del> : '（空）'}</p>
          <p className={css.after}><span className={css.label}>改为</span>{c.after ? <ins>{c.after}</ins> : '（空）'}</p>
        </li>
      ))}
    </ul>
  )
}

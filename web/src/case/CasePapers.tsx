import { Link } from '@tanstack/react-router'
import type { PaperSummary } from '../api/contract'
import { dayOf } from '../moments'
import { PaperFiles } from '../papers/PaperFiles'
import { ReceivedMark } from '../papers/ReceivedMark'
import css from './CasePapers.module.css'
import section from './Section.module.css'

/** The papers the case has made. */
export function CasePapers({ papers }: { papers: PaperSummary[] }) {
  if (papers.length === 0) return null
  return (
    <section className={section.sheet} data-testid="case-papers">
      <h2>文书（{papers.length}）</h2>
      <ul className={css.list}>
        {papers.map((p) => (
          <li key={p.id}>
            <div>
              <p><Link to="/papers/$paperId" params={{ paperId: p.id }}>{p.title}</Link></p>
              <p className={css.soft}>{p.number} · {dayOf(p.issuedAt)} · 致 {p.recipient.name}</p>
              <p className={css.soft}><ReceivedMark paper={p} />　核验码 <code>{p.code}</code></p>
            </div>
            <PaperFiles paper={p} size="small" />
          </li>
        ))}
      </ul>
    </section>
  )
}

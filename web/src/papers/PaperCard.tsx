import { Link } from '@tanstack/react-router'
import type { PaperSummary } from '../api/contract'
import { AgencyTag } from '../frame/AgencyTag'
import { dayOf } from '../moments'
import css from './Paper.module.css'
import { PaperFiles } from './PaperFiles'
import { ReceivedMark } from './ReceivedMark'

export function PaperCard({ paper }: { paper: PaperSummary }) {
  return (
    <div className={css.card}>
      <Link className={css.title} to="/papers/$paperId" params={{ paperId: paper.id }}>{paper.title}</Link>
      <p className={css.under}>{paper.number} · {dayOf(paper.issuedAt)}</p>
      <p className={css.under}><AgencyTag agency={{ id: paper.issuer, name: paper.issuer }} max={11} /> 致 <AgencyTag agency={paper.recipient} max={11} /></p>
      <p><ReceivedMark paper={paper} /></p>
      <PaperFiles paper={paper} />
    </div>
  )
}

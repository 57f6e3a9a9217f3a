import { Link } from '@tanstack/react-router'
import type { RequestSummary } from '../api/types'
import { StatusTag } from '../case/StatusTag'
import { AgencyTag } from '../frame/AgencyTag'
import css from './Request.module.css'
import { RequestDue } from './RequestDue'

export function RequestCard({ request }: { request: RequestSummary }) {
  return (
    <Link className={css.card} to="/share-requests/$caseId" params={{ caseId: request.id }}>
      <span className={css.cardTop}><StatusTag status={request.status} /><span className={css.due}><RequestDue request={request} /></span></span>
      <span className={css.cardTitle}>{request.title}</span>
      <span className={css.under}><AgencyTag agency={request.requester} max={11} /> → <AgencyTag agency={request.provider} max={11} /></span>
    </Link>
  )
}

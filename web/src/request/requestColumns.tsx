import { Link } from '@tanstack/react-router'
import type { RequestSummary } from '../api/types'
import { StatusTag } from '../case/StatusTag'
import { AgencyTag } from '../frame/AgencyTag'
import { CaseNumber } from '../frame/CaseNumber'
import { dayOf } from '../moments'
import type { Column } from '../table/DataTable'
import css from './Request.module.css'
import { RequestDue } from './RequestDue'

export const requestColumns: Column<RequestSummary>[] = [
  {
    title: '申请',
    cell: (r) => (
      <>
        <Link className={css.title} to="/share-requests/$caseId" params={{ caseId: r.id }}>{r.title}</Link>
        <div className={css.under}><CaseNumber id={r.id} /> · {r.entry.name}</div>
      </>
    ),
  },
  { title: '申请机构', width: '15%', cell: (r) => <AgencyTag agency={r.requester} max={11} /> },
  { title: '提供机构', width: '15%', cell: (r) => <AgencyTag agency={r.provider} max={11} /> },
  { title: '状态', width: '15%', cell: (r) => <StatusTag status={r.status} /> },
  { title: '期限', width: '12%', cell: (r) => <RequestDue request={r} /> },
  { title: '提交日期', width: '10%', cell: (r) => dayOf(r.submittedAt) },
]

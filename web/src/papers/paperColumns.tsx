import { Link } from '@tanstack/react-router'
import type { PaperSummary } from '../api/contract'
import { AgencyTag } from '../frame/AgencyTag'
import { dayOf } from '../moments'
import type { Column } from '../table/DataTable'
import { paperKindWords, word } from '../words'
import css from './Paper.module.css'
import { PaperFiles } from './PaperFiles'
import { ReceivedMark } from './ReceivedMark'

export const paperColumns: Column<PaperSummary>[] = [
  {
    title: '文书',
    cell: (p) => (
      <>
        <Link className={css.title} to="/papers/$paperId" params={{ paperId: p.id }}>{p.title}</Link>
        <div className={css.under}>{p.number} · {word(paperKindWords, p.kind)}</div>
      </>
    ),
  },
  { title: '发文机关', width: '15%', cell: (p) => <AgencyTag agency={{ id: p.issuer, name: p.issuer }} max={10} /> },
  { title: '收文机构', width: '15%', cell: (p) => <AgencyTag agency={p.recipient} max={10} /> },
  { title: '发文日期', width: '10%', cell: (p) => dayOf(p.issuedAt) },
  { title: '送达', width: '16%', cell: (p) => <ReceivedMark paper={p} /> },
  { title: '下载', width: '13%', cell: (p) => <PaperFiles paper={p} size="small" /> },
]

import { PrinterOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, QRCode } from 'antd'
import { office } from '../api/office'
import { paperQuery } from '../api/officeQueries'
import { caseChanged } from '../api/queries'
import type { Paper } from '../api/contract'
import { Facts } from '../frame/Facts'
import { PageHead } from '../frame/PageHead'
import { minuteOf } from '../moments'
import { ErrorState } from '../state/ErrorState'
import { PageSkeleton } from '../state/PageSkeleton'
import { ProblemNote } from '../state/ProblemNote'
import { paperKindWords, word } from '../words'
import { PaperFiles } from './PaperFiles'
import css from './PaperPage.module.css'
import { PaperSheet } from './PaperSheet'
import { ReceivedMark } from './ReceivedMark'
import { verifyAddress } from './verification'

const route = getRouteApi('/framed/papers/$paperId')

export function PaperPage() {
  const { paperId } = route.useParams()
  const { data: paper, error, refetch } = useQuery(paperQuery(paperId))
  if (error && !paper) return <ErrorState error={error} retry={() => void refetch()} />
  if (!paper) return <PageSkeleton />
  return (
    <div className={css.page} data-testid="paper-page">
      <div className={css.screen}>
        <PageHead title={paper.title} note={`${paper.number}　${word(paperKindWords, paper.kind)}`} />
      </div>
      <div className={css.columns}>
        <PaperSheet paper={paper} />
        <aside className={css.side}>
          <div className={css.files}>
            <PaperFiles paper={paper} />
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>打印</Button>
          </div>
          <Facts
            columns={1}
            facts={[
              ['发文机关', paper.issuer],
              ['收文机构', paper.recipient.name],
              ['发文时间', minuteOf(paper.issuedAt)],
              ['送达', <ReceivedMark key="received" paper={paper} />],
              ['电子印章', paper.sealed ? '已加盖' : '未加盖'],
              ['所属事项', paper.caseId ? <Link key="case" to="/share-requests/$caseId" params={{ caseId: paper.caseId }}>查看事项</Link> : ''],
            ]}
          />
          <Receive paper={paper} />
          <div className={css.verify}>
            <QRCode value={verifyAddress(paper.code)} size={112} type="svg" bordered={false} />
            <p>核验码 <code>{paper.code}</code><br /><Link to="/verify" search={{ code: paper.code }}>核验这份文书</Link></p>
          </div>
        </aside>
      </div>
    </div>
  )
}

/** 签收: only the recipient, only once; it is the moment the paper counts as delivered. */
function Receive({ paper }: { paper: Paper }) {
  const client = useQueryClient()
  const receiving = useMutation({
    mutationFn: () => office.receivePaper(paper.id),
    onSuccess: () => caseChanged(client, paper.caseId),
  })
  if (!paper.receivable) return null
  return (
    <div className={css.receive}>
      <p>签收后记录您的姓名和时间，作为送达的时间。签收只表示收到，不表示同意。</p>
      <ProblemNote error={receiving.error} />
      <Button type="primary" size="large" block loading={receiving.isPending} onClick={() => receiving.mutate()} data-testid="receive">签收</Button>
    </div>
  )
}

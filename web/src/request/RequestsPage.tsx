import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Select } from 'antd'
import { requestsQuery } from '../api/queries'
import type { RequestSummary } from '../api/types'
import { ExportButton } from '../frame/ExportButton'
import { PageHead } from '../frame/PageHead'
import { EmptyState } from '../state/EmptyState'
import { ErrorState } from '../state/ErrorState'
import { DataTable } from '../table/DataTable'
import { More } from '../table/More'
import { statusWords } from '../words'
import { RequestCard } from './RequestCard'
import { requestColumns } from './requestColumns'
import css from './RequestsPage.module.css'

const route = getRouteApi('/framed/share-requests')

export function RequestsPage() {
  const { status } = route.useSearch()
  const navigate = useNavigate()
  const requests = useInfiniteQuery(requestsQuery(status))
  const rows = requests.data?.pages.flatMap((page) => page.items)
  const open = (r: RequestSummary) =>
    void navigate({ to: '/share-requests/$caseId', params: { caseId: r.id } })
  return (
    <>
      <PageHead
        title="共享申请"
        note="本机构申请的、提供的和由本机构审核的共享申请。"
        action={
          <div className={css.actions}>
            <Select
              allowClear placeholder="全部状态" aria-label="按状态筛选" value={status} className={css.status}
              onChange={(next?: string) => void navigate({ to: '/share-requests', search: { status: next }, replace: true })}
              options={Object.entries(statusWords).map(([value, label]) => ({ value, label }))}
            />
            <ExportButton path="/share-requests" query={{ status }} name="共享申请" />
          </div>
        }
      />
      {requests.isError ? (
        <ErrorState error={requests.error} retry={() => void requests.refetch()} />
      ) : (
        <DataTable
          label="共享申请"
          columns={requestColumns}
          rows={rows}
          rowKey={(r) => r.id}
          onOpen={open}
          card={(r) => <RequestCard request={r} />}
          empty={
            <EmptyState title={status ? '没有这种状态的申请' : '还没有共享申请'} action={<Link to="/catalog">到目录中查找数据</Link>}>
              提交的申请和需要本机构答复的申请都列在这里。
            </EmptyState>
          }
        />
      )}
      <More has={requests.hasNextPage} loading={requests.isFetchingNextPage} load={() => void requests.fetchNextPage()} shown={rows?.length ?? 0} />
    </>
  )
}

import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Select } from 'antd'
import { papersQuery } from '../api/officeQueries'
import type { PaperSummary } from '../api/contract'
import { ExportButton } from '../frame/ExportButton'
import { PageHead } from '../frame/PageHead'
import { EmptyState } from '../state/EmptyState'
import { ErrorState } from '../state/ErrorState'
import { DataTable } from '../table/DataTable'
import { More } from '../table/More'
import { paperKindWords } from '../words'
import css from './PapersPage.module.css'
import { PaperCard } from './PaperCard'
import { paperColumns } from './paperColumns'

const route = getRouteApi('/framed/papers')

export function PapersPage() {
  const filter = route.useSearch()
  const navigate = useNavigate()
  const papers = useInfiniteQuery(papersQuery(filter))
  const rows = papers.data?.pages.flatMap((page) => page.items)
  const open = (p: PaperSummary) => void navigate({ to: '/papers/$paperId', params: { paperId: p.id } })
  return (
    <>
      <PageHead
        title="文书"
        note="本机构发出的和收到的文书。收到的请及时签收，签收时间即送达时间。"
        action={
          <div className={css.actions}>
            <Select
              className={css.kind} allowClear placeholder="全部文种" aria-label="按文种筛选" value={filter.kind}
              onChange={(kind?: string) => void navigate({ to: '/papers', search: { kind }, replace: true })}
              options={Object.entries(paperKindWords).map(([value, label]) => ({ value, label }))}
            />
            <ExportButton path="/papers" query={filter} name="文书" />
          </div>
        }
      />
      {papers.isError ? (
        <ErrorState error={papers.error} retry={() => void papers.refetch()} />
      ) : (
        <DataTable
          label="文书" columns={paperColumns} rows={rows} rowKey={(p) => p.id} onOpen={open}
          card={(p) => <PaperCard paper={p} />}
          empty={<EmptyState title={filter.kind ? '没有这种文书' : '还没有文书'}>补正告知书、共享答复书、不予共享告知书等在办理中自动形成，列在这里。</EmptyState>}
        />
      )}
      <More has={papers.hasNextPage} loading={papers.isFetchingNextPage} load={() => void papers.fetchNextPage()} shown={rows?.length ?? 0} />
    </>
  )
}

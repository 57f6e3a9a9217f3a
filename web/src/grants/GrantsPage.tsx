import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { agenciesQuery, grantsQuery } from '../api/queries'
import { ExportButton } from '../frame/ExportButton'
import { PageHead } from '../frame/PageHead'
import { EmptyState } from '../state/EmptyState'
import { ErrorState } from '../state/ErrorState'
import { DataTable } from '../table/DataTable'
import { More } from '../table/More'
import { GrantCard } from './GrantCard'
import { grantColumns } from './grantColumns'
import css from './GrantsPage.module.css'

const route = getRouteApi('/framed/grants')

export function GrantsPage() {
  const filter = route.useSearch()
  const navigate = useNavigate()
  const agencies = useQuery(agenciesQuery).data?.items ?? []
  const grants = useInfiniteQuery(grantsQuery(filter))
  const rows = grants.data?.pages.flatMap((page) => page.items)
  const change = (next: typeof filter) =>
    void navigate({ to: '/grants', search: { ...filter, ...next }, replace: true })
  return (
    <>
      <PageHead
        title="共享授权"
        note="授权属于机构和系统，不随经办人变动；只能用于申请时写明的目的，不得提供给第三方（第二十五条）。"
        action={
          <div className={css.filters}>
            <Select
              className={css.agency} allowClear placeholder="全部使用机构" aria-label="按使用机构筛选"
              value={filter.agencyId} onChange={(agencyId?: string) => change({ agencyId })}
              showSearch={{ optionFilterProp: 'label' }}
              options={agencies.map((a) => ({ value: a.id, label: a.name }))}
            />
            <ExportButton path="/grants" query={filter} name="共享授权" />
            {filter.entryId && <Button onClick={() => change({ entryId: undefined })}>不限目录条目</Button>}
          </div>
        }
      />
      {grants.isError ? (
        <ErrorState error={grants.error} retry={() => void grants.refetch()} />
      ) : (
        <DataTable
          label="共享授权"
          columns={grantColumns}
          rows={rows}
          rowKey={(g) => g.id}
          card={(g) => <GrantCard grant={g} />}
          empty={
            <EmptyState title="没有共享授权" action={<Link to="/catalog">到目录中查找数据</Link>}>
              共享申请经审核同意，或者属于无条件共享、符合应用场景的，授权会列在这里。
            </EmptyState>
          }
        />
      )}
      <More has={grants.hasNextPage} loading={grants.isFetchingNextPage} load={() => void grants.fetchNextPage()} shown={rows?.length ?? 0} />
    </>
  )
}

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Input, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { agenciesQuery, entriesQuery, type EntryFilter } from '../api/queries'
import { ExportButton } from '../frame/ExportButton'
import { PageHead } from '../frame/PageHead'
import { EmptyState } from '../state/EmptyState'
import { ErrorState } from '../state/ErrorState'
import { More } from '../table/More'
import { CatalogFacets } from './CatalogFacets'
import css from './CatalogPage.module.css'
import { EntryRow } from './EntryRow'

const route = getRouteApi('/framed/catalog')

export function CatalogPage() {
  const filter = route.useSearch()
  const navigate = useNavigate()
  const [words, setWords] = useState(filter.q ?? '')
  useEffect(() => setWords(filter.q ?? ''), [filter.q])
  const agencies = useQuery(agenciesQuery).data?.items ?? []
  const entries = useInfiniteQuery(entriesQuery(filter))
  const rows = entries.data?.pages.flatMap((page) => page.items)
  const change = (next: EntryFilter) =>
    void navigate({ to: '/catalog', search: { ...filter, ...next }, replace: true })
  return (
    <>
      <PageHead
        title="公共数据资源目录" note="按名称、代码、数据项或者提供机构查找；共享类型以数据项为准。"
        action={<ExportButton path="/catalog/entries" query={filter} name="公共数据资源目录" />}
      />
      <Input.Search
        className={css.search}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onSearch={(q) => change({ q: q.trim() || undefined })}
        placeholder="例如：出生医学证明"
        enterButton="查找"
        size="large"
        allowClear
        aria-label="查找目录条目"
        data-testid="catalog-search"
      />
      <div className={css.columns}>
        <CatalogFacets agencies={agencies} filter={filter} change={change} />
        <section aria-label="目录条目" aria-busy={entries.isPending}>
          {entries.isError ? (
            <ErrorState error={entries.error} retry={() => void entries.refetch()} />
          ) : (
            <ul className={css.list} data-stale={entries.isPlaceholderData || undefined}>
              {rows?.map((entry) => <EntryRow key={entry.id} entry={entry} />) ?? [0, 1, 2, 3].map((i) => (
                <li key={i} className={css.skeleton}><Skeleton active title={{ width: '40%' }} paragraph={{ rows: 2 }} /></li>
              ))}
              {rows?.length === 0 && (
                <li>
                  <EmptyState title="没有符合条件的目录条目">
                    换一个说法，或者清除机构和共享类型的筛选。目录由各提供机构编制，尚未编目的数据不会出现在这里。
                  </EmptyState>
                </li>
              )}
            </ul>
          )}
          <More
            has={entries.hasNextPage} loading={entries.isFetchingNextPage}
            load={() => void entries.fetchNextPage()} shown={rows?.length ?? 0}
          />
        </section>
      </div>
    </>
  )
}

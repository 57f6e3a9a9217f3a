// What the pages read, with one key per thing, so that one hint from the
// server can refresh everything a change may have touched.
import {
  infiniteQueryOptions, keepPreviousData, queryOptions, type QueryClient,
} from '@tanstack/react-query'
import { api } from './client'
import type { AsOf } from './contract'
import type { Box, TaskFilter } from './types'

const hour = 3_600_000
const pageSize = 50

export const districtQuery = queryOptions({
  queryKey: ['district'], queryFn: api.district, staleTime: hour,
})
export const meQuery = queryOptions({ queryKey: ['me'], queryFn: api.me, staleTime: 5 * 60_000 })
export const agenciesQuery = queryOptions({
  queryKey: ['agencies'], queryFn: api.agencies, staleTime: hour,
})
export const lawsQuery = (q: string) =>
  queryOptions({ queryKey: ['laws', q], queryFn: () => api.laws(q), staleTime: hour, placeholderData: keepPreviousData })

export interface EntryFilter { q?: string; agency?: string; sharing?: string }
export const entriesQuery = (filter: EntryFilter) =>
  infiniteQueryOptions({
    queryKey: ['entries', filter],
    queryFn: ({ pageParam }) => api.entries({ ...filter, limit: pageSize, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })
export const entryQuery = (id: string) =>
  queryOptions({ queryKey: ['entry', id], queryFn: () => api.entry(id) })

export const tasksQuery = (box: Box, filter: TaskFilter) =>
  infiniteQueryOptions({
    queryKey: ['tasks', box, filter],
    queryFn: ({ pageParam }) => api.tasks({ box, ...filter, limit: pageSize, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })
export const taskCountsQuery = queryOptions({ queryKey: ['tasks', 'counts'], queryFn: api.taskCounts })

export const requestsQuery = (status?: string) =>
  infiniteQueryOptions({
    queryKey: ['requests', status ?? ''],
    queryFn: ({ pageParam }) => api.requests({ status, limit: pageSize, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })
export const requestQuery = (id: string, at: AsOf = {}) =>
  queryOptions({ queryKey: ['request', id, at], queryFn: () => api.request(id, at) })

export interface GrantFilter { entryId?: string; agencyId?: string }
export const grantsQuery = (filter: GrantFilter) =>
  infiniteQueryOptions({
    queryKey: ['grants', filter],
    queryFn: ({ pageParam }) => api.grants({ ...filter, limit: pageSize, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })

/** Everything that a change of one case, or of some unnamed case, may have touched. */
export function caseChanged(client: QueryClient, caseId: string | undefined): void {
  for (const key of ['tasks', 'requests', 'grants', 'papers', 'notices']) void client.invalidateQueries({ queryKey: [key] })
  for (const key of ['request', 'versions']) void client.invalidateQueries({ queryKey: caseId ? [key, caseId] : [key] })
}

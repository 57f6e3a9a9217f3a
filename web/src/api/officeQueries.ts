// What the pages of the office read, with one key per thing. See queries.ts.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { CandidatePurpose, Delivery } from './contract'
import { office } from './office'
import type { Page } from './types'

const minute = 60_000
const pageSize = 50

/** A list that grows by pages; the filter is part of its name. */
function listQuery<T, F extends object>(name: string, filter: F, list: (values: F & { limit: number; cursor: string }) => Promise<Page<T>>) {
  return infiniteQueryOptions({
    queryKey: [name, 'list', filter],
    queryFn: ({ pageParam }) => list({ ...filter, limit: pageSize, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export const candidatesQuery = (taskId: string, purpose: CandidatePurpose) =>
  queryOptions({ queryKey: ['candidates', taskId, purpose], queryFn: () => office.candidates(taskId, purpose), staleTime: minute })

export const proxiesQuery = queryOptions({ queryKey: ['proxies'], queryFn: office.proxies })
export const proxyCandidatesQuery = queryOptions({ queryKey: ['proxies', 'candidates'], queryFn: office.proxyCandidates, staleTime: minute })
export const seatsQuery = queryOptions({ queryKey: ['seats'], queryFn: office.seats })
export const phrasesQuery = queryOptions({ queryKey: ['phrases'], queryFn: office.phrases, staleTime: 5 * minute })
export const versionsQuery = (caseId: string) =>
  queryOptions({ queryKey: ['versions', caseId], queryFn: () => office.versions(caseId) })

export interface PaperFilter { kind?: string }
export const papersQuery = (filter: PaperFilter) => listQuery('papers', filter, office.papers)
export const paperQuery = (id: string) => queryOptions({ queryKey: ['papers', id], queryFn: () => office.paper(id) })
export const verifyQuery = (code: string) =>
  queryOptions({ queryKey: ['verify', code], queryFn: () => office.verifyPaper(code), enabled: code !== '' })

export interface NoticeFilter { unread?: boolean }
export const noticesQuery = (filter: NoticeFilter) => listQuery('notices', filter, office.notices)
export const noticeCountsQuery = queryOptions({ queryKey: ['notices', 'counts'], queryFn: office.noticeCounts })
export const noticeSettingsQuery = queryOptions({ queryKey: ['notice-settings'], queryFn: office.noticeSettings })
export interface DeliveryFilter { status?: Delivery['status'] }
export const deliveriesQuery = (filter: DeliveryFilter) => listQuery('deliveries', filter, office.deliveries)
export const webhooksQuery = queryOptions({ queryKey: ['webhooks'], queryFn: office.webhooks })

export const calendarYearsQuery = queryOptions({ queryKey: ['calendar'], queryFn: office.calendarYears, staleTime: minute })
export const rulePacksQuery = queryOptions({ queryKey: ['rule-packs'], queryFn: office.rulePacks, staleTime: minute })
export const rulePackQuery = (version: string) =>
  queryOptions({ queryKey: ['rule-packs', version], queryFn: () => office.rulePack(version), staleTime: minute })
export const briefingQuery = (from: string, to: string) =>
  queryOptions({ queryKey: ['briefing', from, to], queryFn: () => office.briefing(from, to), placeholderData: keepPreviousData })

// The calls of the desk, the clock, the papers, the notices and the settings.
import { ask, download, send, upload } from './ask'
import type {
  Attachment, Briefing, BulkItem, BulkResult, CalendarImport, CalendarYear, Candidate, CandidatePurpose,
  CaseVersion, Delivery, ImportReport, Notice, NoticeSettings, Paper, PaperSummary, Phrase, Proxy, ProxyBody,
  RulePack, RulePackHead, Seat, SeatBody, Verified, Webhook,
} from './contract'
import type { Page } from './types'

interface Paging { limit?: number; cursor?: string }
interface Items<T> { items: T[] }
const part = encodeURIComponent

export const office = {
  candidates: (taskId: string, purpose: CandidatePurpose) =>
    ask<Items<Candidate>>(`/tasks/${part(taskId)}/candidates`, { for: purpose }),
  bulk: (items: BulkItem[], key: string) => send<{ results: BulkResult[] }>('/tasks/bulk', { body: { items }, key }),
  follow: (caseId: string, on: boolean) =>
    send<unknown>(`/cases/${part(caseId)}/follow`, { method: on ? 'PUT' : 'DELETE', key: crypto.randomUUID() }),

  proxies: () => ask<Items<Proxy>>('/proxies'),
  proxyCandidates: () => ask<Items<Candidate>>('/proxies/candidates'),
  nameProxy: (body: ProxyBody, key: string) => send<unknown>('/proxies', { body, key }),
  revokeProxy: (id: string, reason: string, key: string) => send<unknown>(`/proxies/${part(id)}/revoke`, { body: { reason }, key }),
  seats: () => ask<Items<Seat>>('/seats'),
  setSeat: (step: string, body: SeatBody) => send<unknown>(`/seats/${part(step)}`, { method: 'PUT', body }),

  versions: (caseId: string) => ask<Items<CaseVersion>>(`/share-requests/${part(caseId)}/versions`, { limit: 200 }),

  papers: (values: Paging & { kind?: string }) => ask<Page<PaperSummary>>('/papers', values),
  paper: (id: string) => ask<Paper>(`/papers/${part(id)}`),
  paperFile: (id: string, format: 'pdf' | 'docx', name: string) => download(`/papers/${part(id)}/file`, { format }, `${name}.${format}`),
  receivePaper: (id: string, key: string) => send<unknown>(`/papers/${part(id)}/receipt`, { key }),
  verifyPaper: (code: string) => ask<Verified>(`/papers/verify/${part(code)}`),

  attachmentFile: (a: Attachment) => download(`/attachments/${part(a.id)}`, undefined, a.name),
  attach: (caseId: string, form: FormData, key: string, progress: (part: number) => void) =>
    upload<Attachment>(`/cases/${part(caseId)}/attachments`, form, key, progress),

  phrases: () => ask<Items<Phrase>>('/phrases'),
  addPhrase: (body: Omit<Phrase, 'id'>) => send<unknown>('/phrases', { body, key: crypto.randomUUID() }),
  dropPhrase: (id: string) => send<unknown>(`/phrases/${part(id)}`, { method: 'DELETE' }),

  notices: (values: Paging & { unread?: boolean }) => ask<Page<Notice>>('/notices', values),
  noticeCounts: () => ask<{ unread: number }>('/notices/counts'),
  readNotices: (which: { ids: string[] } | { all: true }) => send<unknown>('/notices/read', { body: which }),
  noticeSettings: () => ask<NoticeSettings>('/notices/settings'),
  setNotices: (body: NoticeSettings) => send<unknown>('/notices/settings', { method: 'PUT', body }),
  deliveries: (values: Paging & { status?: string }) => ask<Page<Delivery>>('/deliveries', values),
  retryDelivery: (id: string) => send<unknown>(`/deliveries/${part(id)}/retry`, { key: crypto.randomUUID() }),
  webhooks: () => ask<Items<Webhook>>('/webhooks'),
  addWebhook: (body: { url: string; events: string[] }) => send<Webhook>('/webhooks', { body, key: crypto.randomUUID() }),
  disableWebhook: (id: string) => send<unknown>(`/webhooks/${part(id)}/disable`, { key: crypto.randomUUID() }),

  calendarYears: () => ask<Items<CalendarYear> & { alarm: string }>('/calendar/years'),
  importCalendar: (body: CalendarImport) => send<ImportReport>('/calendar/import', { body, key: crypto.randomUUID() }),
  rulePacks: () => ask<Items<RulePackHead>>('/rule-packs'),
  rulePack: (version: string) => ask<RulePack>(`/rule-packs/${part(version)}`),

  briefing: (from: string, to: string) => ask<Briefing>('/briefing', { from, to }),
  /** Any list as a spreadsheet, with the filter it is shown under. */
  exportList: (path: string, query: object, name: string) => download(`${path}/export`, query, `${name}.xlsx`),
}

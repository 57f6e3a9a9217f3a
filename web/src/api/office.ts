// The calls of the desk, the clock, the papers, the notices and the settings.
import { download, upload } from './ask'
import type {
  Attachment, Briefing, BulkItem, BulkResult, CalendarImport, CalendarYear, Candidate, CandidatePurpose,
  CaseVersion, Delivery, ImportReport, Notice, NoticeSettings, Paper, PaperSummary, Phrase, Proxy, ProxyBody,
  RulePack, RulePackHead, Seat, SeatBody, Verified, Webhook,
} from './contract'
import type { Page } from './types'
import { type Answer, client, type ExportPath, given, keyed, type Paging, read, type Wire } from './wire'

// The generated schema leaves out what a view embeds; the wire has it.
type PaperWire = Wire['PaperDetailView'] & Wire['PaperView']
type PackWire = Wire['PackOutputBody'] & Wire['PackHeadView']

interface Items<T> { items: T[] }
const at = (id: string) => ({ params: { path: { id } } })

export const office = {
  candidates: (taskId: string, purpose: CandidatePurpose) =>
    read<Items<Candidate>, Wire['CandidatesOutputBody']>(
      client.GET('/tasks/{id}/candidates', { params: { path: { id: taskId }, query: { for: purpose } } })),
  bulk: (items: BulkItem[], key: string) =>
    read<{ results: BulkResult[] }, Wire['BulkOutputBody']>(client.POST('/tasks/bulk', { params: keyed(key), body: { items } })),
  follow: (caseId: string, on: boolean) => {
    const params = { params: { path: { id: caseId }, ...keyed(crypto.randomUUID()) } }
    return read<unknown>(on ? client.PUT('/cases/{id}/follow', params) : client.DELETE('/cases/{id}/follow', params))
  },

  proxies: () => read<Items<Proxy>, Wire['ProxiesOutputBody']>(client.GET('/proxies')),
  proxyCandidates: () => read<Items<Candidate>, Wire['CandidatesOutputBody']>(client.GET('/proxies/candidates')),
  nameProxy: (body: ProxyBody) => read<Proxy, Wire['ProxyView']>(client.POST('/proxies', { body })),
  revokeProxy: (id: string, reason: string) =>
    read<Proxy, Wire['ProxyView']>(client.POST('/proxies/{id}/revoke', { ...at(id), body: { reason } })),
  seats: () => read<Items<Seat>, Wire['SeatsOutputBody']>(client.GET('/seats')),
  setSeat: (step: string, body: SeatBody) =>
    read<Seat, Wire['SeatView']>(client.PUT('/seats/{step}', { params: { path: { step } }, body })),

  versions: (id: string) =>
    read<Page<CaseVersion>, Wire['ListOutputVersionViewBody']>(
      client.GET('/share-requests/{id}/versions', { params: { path: { id }, query: { limit: 200 } } })),

  papers: (values: Paging & { kind?: string }) =>
    read<Page<PaperSummary>, Wire['ListOutputPaperViewBody']>(client.GET('/papers', { params: { query: given(values) } })),
  paper: (id: string) => read<Paper, PaperWire>(client.GET('/papers/{id}', at(id)) as Promise<Answer<PaperWire>>),
  paperFile: (id: string, format: 'pdf' | 'docx', name: string) =>
    download(`/papers/${encodeURIComponent(id)}/file`, { format }, `${name}.${format}`),
  receivePaper: (id: string) => read<Paper, PaperWire>(client.POST('/papers/{id}/receipt', at(id)) as Promise<Answer<PaperWire>>),
  verifyPaper: (code: string) =>
    read<Verified, Wire['VerifyOutputBody']>(client.GET('/papers/verify/{code}', { params: { path: { code } } })),

  attachmentFile: (a: Attachment) => download(`/attachments/${encodeURIComponent(a.id)}`, undefined, a.name),
  attach: (caseId: string, form: FormData, progress: (part: number) => void) =>
    upload<Attachment>(`/cases/${encodeURIComponent(caseId)}/attachments`, form, progress),

  phrases: () => read<Items<Phrase>, Wire['PhrasesOutputBody']>(client.GET('/phrases')),
  addPhrase: (body: Omit<Phrase, 'id'>) => read<Phrase, Wire['PhraseView']>(client.POST('/phrases', { body })),
  dropPhrase: (id: string) => read<unknown>(client.DELETE('/phrases/{id}', at(id))),

  notices: (values: Paging & { unread?: boolean }) =>
    read<Page<Notice>, Wire['ListOutputNoticeViewBody']>(client.GET('/notices', { params: { query: given(values) } })),
  noticeCounts: () => read<{ unread: number }, Wire['NoticeCountsOutputBody']>(client.GET('/notices/counts')),
  readNotices: (which: { ids: string[] } | { all: true }) =>
    read<{ unread: number }, Wire['NoticeCountsOutputBody']>(client.POST('/notices/read', { body: which })),
  noticeSettings: () => read<NoticeSettings, Wire['NoticeSettings']>(client.GET('/notices/settings')),
  setNotices: (body: NoticeSettings) => read<NoticeSettings, Wire['NoticeSettings']>(client.PUT('/notices/settings', { body })),
  deliveries: (values: Paging & { status?: Delivery['status'] }) =>
    read<Page<Delivery>, Wire['ListOutputDeliveryViewBody']>(client.GET('/deliveries', { params: { query: given(values) } })),
  retryDelivery: (id: string) => read<Delivery, Wire['DeliveryView']>(client.POST('/deliveries/{id}/retry', at(id))),
  webhooks: () =>
    read<Page<Webhook>, Wire['ListOutputWebhookViewBody']>(client.GET('/webhooks', { params: { query: { limit: 200 } } })),
  addWebhook: (body: { url: string; events: string[] }) => read<Webhook, Wire['WebhookView']>(client.POST('/webhooks', { body })),
  disableWebhook: (id: string) => read<Webhook, Wire['WebhookView']>(client.POST('/webhooks/{id}/disable', at(id))),

  calendarYears: () => read<Items<CalendarYear> & { alarm: string }, Wire['YearsOutputBody']>(client.GET('/calendar/years')),
  importCalendar: (body: CalendarImport) =>
    read<ImportReport, Wire['ImportOutputBody']>(client.POST('/calendar/import', { body })),
  rulePacks: () => read<Page<RulePackHead>, Wire['ListOutputPackHeadViewBody']>(client.GET('/rule-packs')),
  rulePack: (version: string) =>
    read<RulePack, PackWire>(client.GET('/rule-packs/{version}', { params: { path: { version } } }) as Promise<Answer<PackWire>>),

  briefing: (from: string, to: string) =>
    read<Briefing, Wire['BriefingView']>(client.GET('/briefing', { params: { query: { from, to } } })),
  /** Any list as a spreadsheet, with the filter it is shown under. */
  exportList: (path: ExportPath, query: object, name: string) => download(`${path}/export`, query, `${name}.xlsx`),
}

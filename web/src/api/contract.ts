// The shapes of the desk, the clock, the papers and the notices as the page
// uses them, beside those in types.ts. The wire is checked against them in office.ts.
import type { Citation, Ref } from './types'

export type SeatMode = 'any' | 'all' | 'sequence'
export type AssigneeState = 'waiting' | 'signed' | 'transferred' | 'removed' | 'over'
export interface Assignee {
  id: string
  name: string
  state: AssigneeState
  added?: boolean // 加签
  by?: string // the proxy who acted in his name
  at?: string | null
}
export interface Consultation {
  id: string
  askedByName: string
  accountId?: string
  name: string
  question: string
  advice: string
  askedAt: string
  answeredAt: string | null
}
/** One task the case waits for: on whom, how many of them must sign, until when. */
export interface Waiting {
  taskId: string
  step: string
  title: string
  agency: Ref
  mode: SeatMode
  vacant: boolean
  assignees: Assignee[]
  consultations: Consultation[]
  dueAt: string | null
  lastDay?: string
  urgedAt: string | null
}

export type Box = 'todo' | 'done' | 'started' | 'cc' | 'followed'
export type Due = 'overdue' | 'soon'
export interface TaskFilter { step?: string; agency?: string; due?: Due; q?: string }
export interface Task {
  id: string
  caseId: string
  kind: string
  title: string
  step: string
  stepTitle: string
  agency: Ref
  citation: Citation | null
  dueAt: string | null
  overdue: boolean
  remaining: number | null
  provisional: boolean
  status: string
  createdAt: string
  mode?: SeatMode
  assignees?: Assignee[] | null
  vacant?: boolean
  verb?: string // what the task waits for
  opinionId?: string
  bulk?: boolean
  bulkRefused?: string // why it may not go in bulk
}
export interface TaskCounts { todo: number; done: number; started: number; cc: number; followed?: number; overdue: number; soon?: number }

export type CandidatePurpose = 'transfer' | 'add_signer' | 'consult' | 'copy'
export interface Candidate { id: string; name: string; agency: Ref }

export interface BulkItem { taskId: string; outcome: 'sign' | 'complete'; reason: string }
export interface BulkResult { taskId: string; caseId: string; ok: boolean; status: string; detail: string }

export interface Proxy {
  id: string
  principal: Ref
  proxy: Ref
  from: string
  until: string
  reason: string
  status: 'planned' | 'active' | 'ended' | 'revoked'
  createdAt: string
}
export interface ProxyBody { proxyId: string; from: string; until: string; reason: string }

export interface Seat {
  step: string
  title: string
  role: string
  mode: SeatMode
  accounts: Ref[]
  superior: Ref | null
  holders: Ref[]
}
export interface SeatBody { mode: SeatMode; accountIds: string[]; superiorId: string }

/** What a value was and what it is. */
export interface Change { title: string; before: string; after: string }
export interface CaseVersion { version: number; at: string; title: string }
/** The moment of the past that is asked for; none of both is now. */
export interface AsOf { version?: number; at?: string }

export interface PaperFile { format: 'pdf' | 'docx'; sha256: string; bytes: number }
export interface PaperSummary {
  id: string
  caseId?: string
  kind: string
  title: string
  number: string
  issuedAt: string
  issuer: string
  recipient: Ref
  code: string
  sealed: boolean
  receivable?: boolean // by whoever is signed in
  receivedAt: string | null
  receivedByName: string
  files: PaperFile[]
}
export interface PaperBlock { kind: 'title' | 'number' | 'paragraph' | 'table' | 'signature'; text?: string; rows?: string[][] | null }
export interface Paper extends PaperSummary {
  head?: string // the name in red
  mark?: string // about the electronic seal
  blocks: PaperBlock[]
}
export interface Verified { kind: string; title: string; number: string; issuer: string; issuedOn: string; sha256: string }

export interface Attachment {
  id: string
  name: string
  bytes: number
  sha256: string
  note: string
  uploadedByName: string
  agency: Ref
  at: string
}

export interface Phrase { id: string; text: string; scope: 'own' | 'agency'; step: string }

export interface Notice {
  id: string
  caseId: string
  title: string
  text: string
  kind: string
  at: string
  readAt: string | null
  link: string
}
export type Channel = 'email' | 'wecom' | 'sms'
export interface NoticeSettings { email: string; channels: Channel[] }

export interface Delivery {
  id: string
  channel: string
  target: string
  caseId: string
  title: string
  attempts: number
  lastError: string
  nextAt: string | null
  status: 'dead' | 'waiting' | 'delivered'
}
export interface Webhook { id: string; url: string; events: string[]; secret?: string; disabledAt: string | null; createdAt: string }

export interface CalendarDay { day: string; off: boolean; name: string }
export interface CalendarYear {
  year: number
  status: 'official' | 'provisional' | 'missing'
  notice: string
  source: string
  version: number
  days: CalendarDay[]
  workingDays: number
}
export interface CalendarImport { file: string; format: 'json' | 'csv'; apply: boolean; source: string }
export interface ImportReport {
  year: number
  warnings?: string[]
  added: CalendarDay[]
  removed: CalendarDay[]
  affected: number
  report: { caseId: string; title: string; clock: string; before: string | null; after: string | null }[]
}

export type BasisKind = '法定' | '参照' | '本区设定'
export interface RuleTerm {
  code: string
  title: string
  scope: string
  value: number
  unit: string
  basisKind: BasisKind
  source: string
  citation: { title: string } | null
  inForceFrom: string
  note: string
}
export interface RuleItem {
  kind: string
  code: string
  title: string
  basisKind: BasisKind
  source: string
  citation: { title: string } | null
  inForceFrom: string
}
export interface RulePackHead { version: string; adoptedOn: string; note: string; newest: boolean }
export interface RulePack extends RulePackHead { terms: RuleTerm[]; items: RuleItem[] }
/** The pack a case is pinned to, and for what its terms may be suspended. */
export interface CasePack extends RulePackHead {
  suspensions: { code: string; title: string; limit: number; basisKind: BasisKind; article: string }[]
}

export interface BriefingAgency {
  agency: Ref
  received: number
  closed: number
  overdue: number
  refused: number
  open: number
  averageDays: number | null
}
export interface Briefing {
  from: string
  to: string
  total: { received: number; closed: number; overdue: number; refused: number; open: number; onTime: number }
  agencies: BriefingAgency[]
  byOutcome: { outcome: string; count: number }[]
  byMonth: { month: string; received: number; closed: number; overdue?: number }[]
  coming: { caseId: string; title: string; agency: Ref; dueAt: string }[]
}

// The shapes of the desk, the clock, the papers and the notices as the page
// uses them, beside those in types.ts. `office.ts` reads them off the wire.
import type { Ref, Sharing } from './types'

export type SeatMode = 'any' | 'all' | 'sequence'
export type AssigneeState = 'waiting' | 'signed' | 'transferred' | 'removed'
export interface Assignee { id: string; name: string; state: AssigneeState; at?: string | null }
export interface Consultation {
  id: string
  askedByName: string
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

export type CandidatePurpose = 'transfer' | 'add_signer' | 'consult' | 'copy'
export interface Candidate { id: string; name: string; agency: Ref }

export interface BulkItem { taskId: string; outcome: 'sign' | 'complete'; reason: string }
export interface BulkResult { taskId: string; caseId: string; ok: boolean; status: number; detail: string }

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
  receivedAt: string | null
  receivedByName: string
  files: PaperFile[]
}
export interface PaperBlock { kind: 'title' | 'number' | 'paragraph' | 'table' | 'signature'; text?: string; rows?: string[][] | null }
export interface Paper extends PaperSummary { blocks: PaperBlock[]; mayReceive?: boolean }
export interface Verified { kind: string; title: string; number: string; issuer: string; issuedOn: string; sha256: string }

export interface Attachment {
  id: string
  name: string
  bytes: number
  sha256: string
  note: string
  uploadedByName: string
  agency: Ref | string
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
export interface Webhook { id: string; url: string; events: string[]; secret?: string; disabledAt?: string | null; createdAt?: string }

export interface CalendarDay { day: string; off: boolean; name: string }
export interface CalendarYear {
  year: number
  status: 'official' | 'provisional' | 'missing'
  notice: string
  source: string
  version: string
  days: CalendarDay[]
  workingDays: number
}
export interface CalendarImport { file: string; format: 'json' | 'csv'; apply: boolean; source: string }
export interface ImportReport {
  year: number
  added: CalendarDay[] | string[]
  removed: CalendarDay[] | string[]
  affected: number
  report: { caseId: string; title: string; clock: string; before: string; after: string }[]
}

export interface RuleTerm {
  code: string
  title: string
  value: number
  unit: string
  basisKind: '法定' | '参照' | '本区设定'
  source: string
}
export interface RulePack { version: string; from: string; source: string; terms: RuleTerm[] }

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
  byOutcome: { outcome: string; title?: string; count: number }[]
  byMonth: { month: string; received: number; closed: number; overdue?: number }[]
  coming: { caseId: string; title: string; agency: Ref; dueAt: string; overdue?: boolean; sharing?: Sharing }[]
}

// The shapes of the HTTP contract, as the page uses them. The wire is checked
// against api/openapi.json in client.ts and office.ts, by way of wire.ts.
import type { Attachment, CasePack, Change, PaperSummary, Waiting } from './contract'

export interface Ref { id: string; name: string }
export interface Citation { edition: string; article: string; title: string }
export interface Ground {
  level: string
  title: string
  docNo?: string
  article: string
  quote: string
  inForceOn: string
  warning?: string
}
export interface Law { level: string; title: string; docNo: string; inForceOn: string; until: string | null }
export interface Page<T> { items: T[]; next: string | null }

export interface Me {
  id: string
  username: string
  name: string
  agency: Ref
  roles: string[]
  permissions: string[]
  actingFor?: Ref | null // whom this person acts for in this tab
  principals?: (Ref & { until: string })[] // whom he may act for
}

export interface District {
  name: string
  measure: { title: string; edition: string }
  commission: Ref
  demo: boolean
  version: string
  today: string
  calendar: { year: number; status: 'official' | 'provisional' | 'missing'; notice: string }[]
}

export type Sharing = 'unconditional' | 'authorized' | 'not_shared' | 'unclassified'
export type Openness = 'open' | 'conditional' | 'not_open'
export type Route = 'unconditional' | 'scenario' | 'review' | 'barred'
export type Mode = 'request_response' | 'copy' | 'other'
export type Side = 'provider' | 'commission'

export interface EntrySummary {
  id: string
  code: string
  name: string
  summary: string
  agency: Ref
  sharing: Sharing
  open: Openness
  level: string
  itemCount: number
  updatedAt: string
}
export interface EntryItem {
  id: string
  name: string
  dataType: string
  level: string
  sharing: Sharing
  reason: string
  grounds: Ground[]
}
export interface Scenario {
  id: string
  name: string
  domain: string
  purpose: string
  application: string
  version: number
  until: string
  itemIds: string[]
  eligible: boolean
}
export interface Entry extends EntrySummary {
  updateCycle: string
  format: string
  reason: string
  grounds: Ground[]
  items: EntryItem[]
  scenarios: Scenario[]
}

export interface PreviewPart {
  itemId: string
  itemName: string
  level: string
  route: Route
  why: string
  citation: Citation
  grounds: Ground[]
}
export interface Preview { parts: PreviewPart[]; allBarred: boolean; next: string }

export type CaseStatus =
  | 'sign_off' | 'form_check' | 'supplement' | 'joint_review' | 'approved' | 'granted'
  | 'partially_granted' | 'refused' | 'disputed' | 'withdrawn'

export interface RequestSummary {
  id: string
  title: string
  entry: Ref
  requester: Ref
  provider: Ref
  status: CaseStatus
  dueAt: string | null
  overdue: boolean
  submittedAt: string
}

export type DayKind = 'received' | 'counted' | 'skipped' | 'suspended'
export interface ClockDay { day: string; kind: DayKind; note: string }
export interface Clock {
  code: string
  title: string
  startedOn: string
  value: number
  unit: 'working_day' | 'calendar_day' | 'hour' | 'second'
  extended: number
  basisKind: '法定' | '参照' | '本区设定'
  source: string
  citation: Citation | null
  dueAt: string | null
  lastDay: string
  stoppedAt: string | null
  stopReason: string
  provisional: boolean
  calendarVersion: string
  remaining: number
  days: ClockDay[]
  suspensions?: Suspension[] | null
  extensions?: number
}
export interface Suspension { from: string; to: string; reason: string; article?: string; days?: number; open?: boolean }
export type ConditionKind = 'form' | 'mask' | 'frequency' | 'until' | 'other'
export interface Condition { kind: ConditionKind; text: string }
export type Outcome = 'agree' | 'agree_with_conditions' | 'refuse'

export interface CasePart {
  itemId: string
  name: string
  level: string
  route: Route
  status: 'pending' | 'granted' | 'refused' | 'barred' | 'disputed' | 'withdrawn'
  reason: string
  grounds: Ground[]
}
export interface Opinion {
  id: string
  side: Side
  outcome: Outcome
  status: 'drafted' | 'signed' | 'returned'
  draftedBy: string
  draftedByName: string
  draftedAt: string
  signedBy: string
  signedByName: string
  signedAt: string | null
  reason: string
  conditions: Condition[]
  grounds: Ground[]
  itemIds: string[]
  returnReason: string
  stale?: boolean // the material changed after the opinion was written
  staleChanges?: Change[] | null
}
export interface Extension {
  status: 'asked' | 'consented' | 'declined'
  reason: string
  askedByName: string
  askedAt: string | null
  decidedByName: string
  decidedAt: string | null
  decision: string
}
export interface Supplement { missing: string[]; noticedAt: string; suppliedAt: string | null; note: string }

export interface Grant {
  id: string
  entry: Ref
  agency: Ref
  provider: Ref
  itemIds: string[]
  items: Ref[]
  basis: 'unconditional' | 'scenario' | 'review'
  scenario: { id: string; name: string; version: number } | null
  status: 'provisioning' | 'active' | 'suspended' | 'expired' | 'terminated'
  mode: Mode
  system: string
  purpose: string
  conditions: Condition[]
  from: string | null
  until: string
  supplyDueAt?: string | null // while provisioning: by when the provider opens the service
  requestId: string
}

export interface CaseEvent {
  seq: number
  name: string
  title: string
  at: string
  actor: { id: string; name: string; kind: 'human' | 'system' }
  agency: Ref | null
  citation: Citation | null
  ruleVersion: string
  detail: string
  hash: string
  previous: string
}

export interface Step {
  key: string
  title: string
  article: Citation | string
  state: 'done' | 'now' | 'next' | 'skipped'
  who: string
  at: string | null
  dueAt: string | null
}

export type VerbKey =
  | 'sign_off' | 'revision' | 'form_check' | 'supplement' | 'draft_opinion'
  | 'sign_opinion' | 'ask_extension' | 'decide_extension' | 'withdraw'
  | 'add_signer' | 'remove_signer' | 'transfer' | 'consult' | 'advise' | 'urge' | 'copy' | 'follow' | 'unfollow'
  | 'suspend_clock' | 'resume_clock' | 'move_rules'
export interface Verb {
  key: VerbKey
  taskId?: string
  opinionId?: string
  side?: string
  title: string
  citation: Citation
  next: string
  clock?: string // what it does to the term
}

export interface Case {
  id: string
  kind: 'share_request'
  title: string
  status: CaseStatus
  entry: { id: string; code: string; name: string }
  requester: Ref
  provider: Ref
  commission: Ref
  purpose: string
  basis: string
  mode: Mode
  system: string
  until: string
  scenario: { id: string; name: string; version: number } | null
  submittedBy: string
  submittedByName: string
  submittedAt: string
  signedBy: string
  signedByName: string
  signedAt: string | null
  signOff: { returned: boolean; reason: string }
  supplement: Supplement | null
  parts: CasePart[]
  opinions: Opinion[]
  extension: Extension | null
  dueAt: string | null
  overdue: boolean
  clock: Clock | null
  clocks: Clock[]
  grants: Grant[]
  events: CaseEvent[]
  steps: Step[]
  verbs: Verb[]
  waiting?: Waiting[] | null
  followed?: boolean
  papers?: PaperSummary[] | null
  attachments?: Attachment[] | null
  changes?: Change[] | null // since it was returned
  pack?: CasePack | null
  shown?: string // digest of the material as shown
  asOf?: string | null // the moment of which this is the picture
}

export type { Box, Due, Task, TaskCounts, TaskFilter } from './contract'
export interface PreviewBody { entryId: string; itemIds: string[]; scenarioId?: string; mode: Mode }
export interface ShareRequestBody extends PreviewBody {
  purpose: string
  basis: string
  system: string
  until: string
}
export interface OpinionBody {
  outcome: Outcome
  reason: string
  conditions?: Condition[]
  grounds?: Ground[]
  itemIds?: string[]
  side?: Side
}

import type { Case, Clock, Ground, Task, Verb } from '../api/types'

export const ground: Ground = {
  level: '法律',
  title: '中华人民共和国个人信息保护法',
  article: '第二十八条第二款',
  quote: '只有在具有特定的目的和充分的必要性……方可处理敏感个人信息。',
  inForceOn: '2021-11-01',
}

export const draftVerb: Verb = {
  key: 'draft_opinion',
  side: 'provider',
  title: '拟提供机构意见',
  citation: { edition: '宝信息委规〔2023〕2号', article: '26(2)', title: '《宝山区公共数据管理办法》第26条' },
  next: '拟稿后送本机构负责人审签。',
}

export const clock: Clock = {
  code: 'answer', title: '提供机构答复', startedOn: '2026-11-13', value: 9, unit: 'working_day', extended: 0,
  basisKind: '参照', source: '政务数据共享条例', citation: null, dueAt: '2026-11-27T15:59:59Z',
  lastDay: '2026-11-27', stoppedAt: null, stopReason: '', provisional: false, calendarVersion: '2026',
  remaining: 4,
  days: [
    { day: '2026-11-13', kind: 'received', note: '' },
    { day: '2026-11-14', kind: 'skipped', note: '周六' },
    { day: '2026-11-16', kind: 'counted', note: '' },
  ],
}

export const kase: Case = {
  id: 'GX-1', kind: 'share_request', title: '区民政局申请出生医学证明信息', status: 'joint_review',
  entry: { id: 'e1', code: 'C1', name: '出生医学证明信息' },
  requester: { id: 'civil', name: '区民政局' }, provider: { id: 'health', name: '区卫生健康委' },
  commission: { id: 'commission', name: '区信息委' },
  purpose: '收养登记核验', basis: '民法典', mode: 'request_response', system: '收养登记系统', until: '2027-11-30',
  scenario: null, submittedBy: 'u1', submittedByName: '陈晓岚', submittedAt: '2026-11-23T01:00:00Z',
  signedBy: 'u2', signedByName: '周建国', signedAt: '2026-11-23T02:00:00Z',
  signOff: { returned: false, reason: '' }, supplement: null,
  parts: [{ itemId: 'i1', name: '证明编号', level: 'L2', route: 'review', status: 'pending', reason: '', grounds: [] }],
  opinions: [], extension: null, dueAt: null, overdue: false, clock: null, clocks: [], grants: [],
  events: [], steps: [], verbs: [],
}

export const task: Task = {
  id: 't1', caseId: 'GX-1', kind: 'share_request', title: '负责人审签：区民政局申请出生医学证明信息',
  step: 'sign_off', stepTitle: '负责人审签', agency: { id: 'civil', name: '区民政局' }, citation: null,
  dueAt: '2026-11-27T16:00:00Z', overdue: false, remaining: 4, provisional: false, status: 'open',
  createdAt: '2026-11-23T01:00:00Z', mode: 'any', vacant: false, verb: 'sign_off', bulk: true, bulkRefused: '',
  assignees: [{ id: 'u2', name: '周建国', state: 'waiting' }],
}

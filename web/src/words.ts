// The words of the measure and of the offices that work by it, for every
// value that crosses the wire as a key.
import type {
  Box, CasePart, CaseStatus, ConditionKind, Extension, Grant, Mode, Openness, Opinion, Outcome,
  Route, Sharing,
} from './api/types'
import type {
  AssigneeState, Channel, Delivery, Proxy, SeatMode,
} from './api/contract'

export const sharingWords: Record<Sharing, string> = {
  unconditional: '无条件共享',
  authorized: '授权共享',
  not_shared: '非共享',
  unclassified: '待定类',
}
export const openWords: Record<Openness, string> = {
  open: '无条件开放', conditional: '有条件开放', not_open: '非开放',
}
export const routeWords: Record<Route, string> = {
  unconditional: '直接授予', scenario: '按应用场景授予', review: '会同审核', barred: '依法不予共享',
}
export const modeWords: Record<Mode, string> = {
  request_response: '请求响应', copy: '数据拷贝', other: '其他调用方式',
}
export const statusWords: Record<CaseStatus, string> = {
  sign_off: '负责人审签',
  form_check: '形式审查',
  supplement: '待补正',
  joint_review: '会同审核',
  approved: '审核同意，待授予',
  granted: '已授权',
  partially_granted: '部分授予',
  refused: '不予共享',
  disputed: '意见分歧',
  withdrawn: '已撤回',
}
export const partWords: Record<CasePart['status'], string> = {
  pending: '待答复', granted: '已授权', refused: '不予共享', barred: '依法不予共享',
  disputed: '待协调', withdrawn: '已撤回',
}
export const outcomeWords: Record<Outcome, string> = {
  agree: '同意', agree_with_conditions: '附条件同意', refuse: '不同意',
}
export const opinionWords: Record<Opinion['status'], string> = {
  drafted: '已拟稿，待负责人审签', signed: '已审签', returned: '已退回经办',
}
export const conditionWords: Record<ConditionKind, string> = {
  form: '提供形式', mask: '脱敏处理', frequency: '调用频次', until: '使用期限', other: '其他条件',
}
export const extensionWords: Record<Extension['status'], string> = {
  asked: '已申请延期，待答复', consented: '同意延期', declined: '不同意延期',
}
export const grantWords: Record<Grant['status'], string> = {
  provisioning: '开通中', active: '使用中', suspended: '已暂停', expired: '已到期', terminated: '已终止',
}
export const grantBasisWords: Record<Grant['basis'], string> = {
  unconditional: '无条件共享', scenario: '应用场景授权', review: '会同审核同意',
}
export const boxWords: Record<Box, string> = {
  todo: '待办', done: '已办', started: '我发起', cc: '抄送', followed: '关注',
}
export const seatModeWords: Record<SeatMode, string> = { any: '或签', all: '会签', sequence: '依次签' }
export const seatModeNotes: Record<SeatMode, string> = {
  any: '其中任何一人办理即可', all: '每个人都须签署', sequence: '按所列次序逐人签署',
}
export const assigneeWords: Record<AssigneeState, string> = {
  waiting: '待办', signed: '已签', transferred: '已转办', removed: '已减签', over: '不必再办',
}
export const proxyWords: Record<Proxy['status'], string> = {
  planned: '未开始', active: '代理中', ended: '已到期', revoked: '已撤销',
}
export const deliveryWords: Record<Delivery['status'], string> = {
  dead: '推送失败', waiting: '等待推送', delivered: '已送达',
}
export const channelWords: Record<Channel, string> = { email: '电子邮件', wecom: '政务微信', sms: '短信' }
export const calendarWords: Record<'official' | 'provisional' | 'missing', string> = {
  official: '正式', provisional: '暂定', missing: '缺失',
}
/** The steps of the procedure, where they are chosen and not shown with a case. */
export const stepWords: Record<string, string> = {
  sign_off: '负责人审签', revision: '修改申请', form_check: '形式审查', supplement: '补正材料',
  opinion_provider: '提供机构拟意见', opinion_commission: '主管部门拟意见（牵头）',
  sign_provider: '提供机构负责人审签', sign_commission: '主管部门负责人审签',
  extension: '审批延期', disputed: '意见分歧待处理', overdue: '逾期报告',
}
export const paperKindWords: Record<string, string> = {
  supplement: '补正告知书', answer: '共享答复书', refusal: '不予共享告知书', extension: '延期告知书', overdue: '逾期提醒',
}
export const roleWords: Record<string, string> = {
  clerk: '经办',
  head: '负责人',
  commission_officer: '牵头审核经办',
  commission_head: '牵头审核负责人',
  data_center: '区大数据中心',
  supervisor: '监督',
  auditor: '审计',
  administrator: '系统管理',
}
export const kindWords: Record<string, string> = { share_request: '共享申请' }

/** What a notice, and a webhook, is about. */
export const noticeWords: Record<string, string> = {
  todo: '待办', copied: '抄送', returned: '退回经办', supplement: '补正告知', refused: '不予共享', disputed: '意见分歧',
  granted: '授予权限', extended: '延期告知', extension_declined: '不同意延期', withdrawn: '撤回', reminded: '期限将到',
  late: '环节逾期', overdue: '逾期未答复',
}

/** The word for a key, or the key itself where the server knows more than the page. */
export function word(words: Record<string, string>, key: string): string {
  return words[key] ?? key
}

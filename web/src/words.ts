// The words of the measure and of the offices that work by it, for every
// value that crosses the wire as a key.
import type {
  Box, CasePart, CaseStatus, ConditionKind, Extension, Grant, Mode, Openness, Opinion, Outcome,
  Route, Sharing,
} from './api/types'

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
  todo: '待办', done: '已办', started: '我发起', cc: '抄送',
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

/** The word for a key, or the key itself where the server knows more than the page. */
export function word(words: Record<string, string>, key: string): string {
  return words[key] ?? key
}

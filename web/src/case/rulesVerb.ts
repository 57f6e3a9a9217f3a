import type { Case, Me, Verb } from '../api/types'
import { may } from '../session/permissions'

/** Moving a case to other rules is no step of the procedure; whoever may do it finds it beside the rules. */
export function rulesVerb(kase: Case, me: Me): Verb | undefined {
  const listed = kase.verbs.find((v) => v.key === 'move_rules')
  const open = (kase.waiting ?? []).length > 0 && !kase.asOf
  if (listed || !open || !may(me, 'share-request:rules')) return listed
  const article = kase.steps.find((s) => s.key === 'joint_review')?.article
  if (!article || typeof article === 'string') return undefined
  return {
    key: 'move_rules', title: '改适用规则包', citation: article, next: '本事项以后按所选的规则包办理，改用的理由和前后日期一并记录',
    clock: '在办期限按所选的规则包重新计算',
  }
}

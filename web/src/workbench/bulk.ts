import type { BulkItem, BulkResult } from '../api/contract'
import type { Task } from '../api/types'
import { taskTitle } from './taskTitle'

/** What a task is done with in bulk, or nothing where it waits for another verb. */
export function bulkOutcome(task: Task): BulkItem['outcome'] | undefined {
  if (task.verb === 'form_check') return 'complete'
  return task.verb === 'sign_off' || task.verb === 'sign_opinion' ? 'sign' : undefined
}

/** Why a task may not go in bulk; empty when it may. */
export function whyNotBulk(task: Task): string {
  if (task.bulk && bulkOutcome(task)) return ''
  return task.bulkRefused || '此环节须逐件办理'
}

/** The tasks that still have no reason of their own. */
export function withoutReason(tasks: Task[], reasons: Record<string, string>): string[] {
  return tasks.filter((t) => !reasons[t.id]?.trim()).map((t) => t.id)
}

export function bulkItems(tasks: Task[], reasons: Record<string, string>): BulkItem[] {
  return tasks.flatMap((t) => {
    const outcome = bulkOutcome(t)
    return outcome ? [{ taskId: t.id, outcome, reason: reasons[t.id]?.trim() ?? '' }] : []
  })
}

export interface BulkLine { id: string; caseId: string; title: string; ok: boolean; detail: string }

/** Each item with what became of it, the refused first: they need somebody. */
export function bulkLines(tasks: Task[], results: BulkResult[]): BulkLine[] {
  const lines = tasks.map((t): BulkLine => {
    const result = results.find((r) => r.taskId === t.id)
    return {
      id: t.id, caseId: t.caseId, title: `${t.stepTitle}：${taskTitle(t)}`, ok: result?.ok ?? false,
      detail: result ? result.detail || (result.ok ? '已办理' : '未办理') : '没有收到答复，请打开事项查看',
    }
  })
  return lines.sort((a, b) => Number(a.ok) - Number(b.ok))
}

import type { Task } from '../api/types'
import { taskSignal } from '../clock/signal'

export interface TaskFilter { step?: string; agency?: string; term?: string; q?: string }

export const termChoices: Record<string, string> = {
  overdue: '逾期', 'due-soon': '将到期', 'in-time': '期限内', none: '无时限',
}

/** The tasks that pass the filter, the least legal time left first where that is asked. */
export function filterTasks(tasks: Task[], filter: TaskFilter, today: string, byTerm: boolean): Task[] {
  const passed = tasks.filter((t) =>
    (!filter.step || t.stepTitle === filter.step)
    && (!filter.agency || t.agency.id === filter.agency)
    && (!filter.term || taskSignal(t, today) === filter.term)
    && (!filter.q || t.title.includes(filter.q)))
  if (!byTerm) return passed
  return [...passed].sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9') || a.id.localeCompare(b.id))
}

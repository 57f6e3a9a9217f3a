import type { Task } from '../api/types'
import { taskSignal, termWords } from '../clock/signal'
import { TermTag } from '../clock/TermTag'
import { lastDayOf } from '../moments'
import css from './Task.module.css'

interface Props { task: Task; today: string; open: boolean }

/** The time a task leaves; a finished task only says until when it ran. */
export function TaskTerm({ task, today, open }: Props) {
  const signal = taskSignal(task, today)
  if (!open && signal !== 'overdue' && task.remaining === null) {
    return <span className={css.under}>{task.dueAt ? `至 ${lastDayOf(task.dueAt)}` : '—'}</span>
  }
  return (
    <>
      <TermTag signal={signal} words={termWords(signal, task.remaining)} provisional={task.provisional} />
      {task.dueAt && <div className={css.under}>至 {lastDayOf(task.dueAt)}</div>}
    </>
  )
}

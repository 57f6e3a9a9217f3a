import type { Task } from '../api/types'

/** What a task is about; its step stands in a column of its own. */
export function taskTitle(task: Task): string {
  const step = `${task.stepTitle}：`
  return task.title.startsWith(step) ? task.title.slice(step.length) : task.title
}

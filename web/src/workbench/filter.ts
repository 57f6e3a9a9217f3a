import type { Box, Due, TaskFilter } from '../api/types'
import { statusWords, stepWords } from '../words'

export const dueChoices: Record<Due, string> = { overdue: '逾期', soon: '即将到期' }
const boxes: Box[] = ['todo', 'done', 'started', 'cc', 'followed']

export interface WorkbenchSearch extends TaskFilter { box?: Box }

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

/** The box and its filter as the address has them; what it cannot mean is left out. */
export function searchOf(address: Record<string, unknown>): WorkbenchSearch {
  return {
    box: boxes.includes(address.box as Box) ? (address.box as Box) : undefined,
    step: text(address.step),
    agency: text(address.agency),
    due: address.due === 'overdue' || address.due === 'soon' ? address.due : undefined,
    q: text(address.q)?.trim().slice(0, 100),
  }
}

/** A box is counted up to a thousand; a space as wide as a digit until it is. */
export const countWords = (n?: number): string => (n === undefined ? '\u2007' : n < 1000 ? String(n) : '999+')

export function filterOf({ step, agency, due, q }: WorkbenchSearch): TaskFilter {
  return { step, agency, due, q }
}

export function filtered(filter: TaskFilter): boolean {
  return Boolean(filter.step || filter.agency || filter.due || filter.q)
}

/** What may be chosen as step: one's own cases are told apart by their state. */
export function stepChoices(box: Box): { value: string; label: string }[] {
  return Object.entries(box === 'started' ? statusWords : stepWords).map(([value, label]) => ({ value, label }))
}

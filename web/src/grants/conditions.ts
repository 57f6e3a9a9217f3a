import type { Condition } from '../api/types'

/** Both opinions may set the same condition; the grant needs it said once. */
export function distinct(conditions: Condition[]): Condition[] {
  const seen = new Set<string>()
  return conditions.filter(({ kind, text }) => {
    const key = `${kind} ${text}`
    return !seen.has(key) && seen.add(key)
  })
}

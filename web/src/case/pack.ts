import type { Case } from '../api/types'

/** The version of the rules a case is pinned to. */
export function packVersion(kase: Case): string {
  if (!kase.pack) return ''
  return typeof kase.pack === 'string' ? kase.pack : kase.pack.version
}

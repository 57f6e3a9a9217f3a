import type { AsOf } from '../api/contract'
import type { Case } from '../api/types'

/** The moment of the past in the address: a version, or an instant; neither is now. */
export function asOfSearch(address: Record<string, unknown>): AsOf {
  const version = Number(address.version)
  if (Number.isInteger(version) && version > 0) return { version }
  const at = typeof address.at === 'string' ? address.at : ''
  return at && !Number.isNaN(Date.parse(at)) ? { at } : {}
}

export function isPast(at: AsOf): boolean {
  return at.version !== undefined || at.at !== undefined
}

/** When the picture of the past is of, where the answer says so. */
export function asOfMoment(kase: Case): string | undefined {
  if (!kase.asOf) return undefined
  return typeof kase.asOf === 'string' ? kase.asOf : kase.asOf.at
}

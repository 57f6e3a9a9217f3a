import type { AsOf } from '../api/contract'

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

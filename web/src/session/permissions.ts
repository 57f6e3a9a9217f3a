import type { Me } from '../api/types'

/** May this person's role ever do this? Whether now, the server says case by case. */
export function may(me: Me, permission: string): boolean {
  return me.permissions.some((p) => p === permission || p.startsWith(`${permission}:`))
}

/** Has this person anything to do with one of these objects? */
export function concerns(me: Me, ...objects: string[]): boolean {
  return me.permissions.some((p) => objects.includes(p.split(':')[0] ?? ''))
}

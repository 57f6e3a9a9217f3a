import type { Clock } from '../api/types'
import { dayOf } from '../moments'

/** The running term in one line. */
export function ClockLine({ clock }: { clock: Clock | null }) {
  if (!clock || clock.stoppedAt) return null
  return <span>{clock.title}至 {dayOf(clock.lastDay)}（{clock.basisKind}）</span>
}

import type { Clock } from '../api/types'
import { endOf } from '../clock/signal'

/** The running term in one line. */
export function ClockLine({ clock }: { clock: Clock | null }) {
  if (!clock || clock.stoppedAt) return null
  return <span>{clock.title}至 {endOf(clock)}（{clock.basisKind}）</span>
}

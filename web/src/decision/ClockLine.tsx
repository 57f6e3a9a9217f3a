import type { Clock } from '../api/types'
import { dayOf } from '../moments'
import css from './WhatNext.module.css'

/** The running term in one line. */
export function ClockLine({ clock }: { clock: Clock | null }) {
  if (!clock || clock.stoppedAt) return null
  return <span className={css.line}>{clock.title}至 {dayOf(clock.lastDay)}（{clock.basisKind}）</span>
}

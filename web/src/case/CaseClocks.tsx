import type { Clock } from '../api/types'
import { ClockChip } from '../clock/ClockChip'
import { endOf } from '../clock/signal'
import { useWide } from '../frame/useWide'
import css from './CaseClocks.module.css'
import fold from './ProcedureMap.module.css'

/** Every clock of the case, running or stopped, newest first. */
export function CaseClocks({ clocks, today }: { clocks: Clock[]; today: string }) {
  const wide = useWide()
  if (clocks.length === 0) return null
  const list = (
    <ul className={css.list}>
      {[...clocks].reverse().map((clock) => (
        <li key={clock.code + clock.startedOn}>
          <p>{clock.title}</p>
          <ClockChip clock={clock} today={today} />
          <p className={css.last}>至 {endOf(clock)}</p>
        </li>
      ))}
    </ul>
  )
  if (!wide) {
    return <details className={fold.fold}><summary>期限（{clocks.length}）及计算方法</summary>{list}</details>
  }
  return <section><h2 className={css.heading}>期限</h2>{list}</section>
}

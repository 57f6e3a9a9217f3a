import { Popover } from 'antd'
import type { Clock } from '../api/types'
import { useWide } from '../frame/useWide'
import css from './ClockChip.module.css'
import { ClockPanel } from './ClockPanel'
import { clockSignal, termWords } from './signal'
import { TermTag } from './TermTag'

/** The time left by law, and behind it how it was counted. */
export function ClockChip({ clock, today }: { clock: Clock | null; today: string }) {
  const wide = useWide()
  if (!clock) return <TermTag signal="none" words={termWords('none', null)} />
  const signal = clockSignal(clock)
  const words = termWords(signal, clock.lastDay ? clock.remaining : null, clock.unit)
  return (
    <Popover
      trigger="click"
      placement={wide ? 'bottomRight' : 'bottom'}
      content={<ClockPanel clock={clock} today={today} />}
      title={clock.title}
    >
      <button
        type="button"
        className={css.chip}
        data-signal={signal}
        data-testid="clock-chip"
        aria-label={`${clock.title}：${words}，${clock.basisKind}期限。查看计算方法`}
      >
        <TermTag signal={signal} words={words} provisional={clock.provisional} />
        <span className={css.kind}>{clock.basisKind}</span>
      </button>
    </Popover>
  )
}

import type { Clock, Task } from '../api/types'
import { dayInWords, dayOf, daysBetween, lastDayOf, minuteOf } from '../moments'

/** Green, amber, red; or a clock that stands still for a while, or for good; or no clock. */
export type Signal = 'in-time' | 'due-soon' | 'overdue' | 'suspended' | 'stopped' | 'none'

/** Amber is the last third of the term. */
export function clockSignal(clock: Clock): Signal {
  if (clock.stoppedAt) return 'stopped'
  if (!clock.lastDay || clock.suspensions?.some((s) => s.open)) return 'suspended'
  if (clock.remaining < 0) return 'overdue'
  return clock.remaining * 3 <= clock.value + clock.extended ? 'due-soon' : 'in-time'
}

/** Within so many working days the desk counts a task as 即将到期. */
const soonDays = 2

/** A task knows only when it came and when it is due, so its thirds are of calendar days; what the desk counts as soon is amber too. */
export function taskSignal(task: Task, today: string): Signal {
  if (task.overdue) return 'overdue'
  if (!task.dueAt) return 'none'
  if (task.remaining !== null && task.remaining <= soonDays) return 'due-soon'
  const last = lastDayOf(task.dueAt)
  const whole = daysBetween(task.createdAt, last)
  return daysBetween(today, last) * 3 <= whole ? 'due-soon' : 'in-time'
}

const units: Record<Clock['unit'], string> = {
  working_day: '个工作日', calendar_day: '天', hour: '小时', second: '秒',
}

export function amount(n: number, unit: Clock['unit']): string {
  if (unit === 'second' && n >= 3600) return `${Math.floor(n / 3600)} 小时`
  if (unit === 'second' && n >= 60) return `${Math.floor(n / 60)} 分钟`
  return `${n} ${units[unit]}`
}

/** The last day of a term; one that stands still without an end has none yet. */
export function endOf(clock: Clock): string {
  if (clock.unit === 'hour' && clock.dueAt) return minuteOf(clock.dueAt)
  return clock.lastDay ? dayOf(clock.lastDay) : '恢复计算后确定'
}

/** The same in full words, for papers and panels. */
export function endInWords(clock: Clock): string {
  return clock.lastDay && clock.unit !== 'hour' ? dayInWords(clock.lastDay) : endOf(clock)
}

/** What the chip says: the words carry the meaning, the color only repeats it. */
export function termWords(signal: Signal, remaining: number | null, unit: Clock['unit'] = 'working_day'): string {
  switch (signal) {
    case 'none': return '无时限'
    case 'stopped': return '已停止计时'
    case 'suspended': return remaining === null ? '中止计算' : `中止计算，余 ${amount(remaining, unit)}`
    case 'overdue':
      return remaining !== null && remaining < 0 ? `逾期 ${amount(-remaining, unit)}` : '逾期'
    case 'due-soon':
      if (remaining === null) return '将到期'
      return remaining === 0 && unit !== 'hour' ? '今日到期' : `将到期，剩 ${amount(remaining, unit)}`
    case 'in-time':
      return remaining === null ? '期限内' : `剩余 ${amount(remaining, unit)}`
  }
}

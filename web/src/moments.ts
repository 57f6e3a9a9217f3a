// Times as people here read them: Shanghai, year-month-day, 24 hours.
const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit',
  hour: '2-digit', minute: '2-digit', second: '2-digit',
})

function parts(at: string): { day: string; time: string } {
  const text = shanghai.format(new Date(at))
  return { day: text.slice(0, 10), time: text.slice(11) }
}

const isDay = (at: string) => /^\d{4}-\d{2}-\d{2}$/.test(at)

/** 2026-11-24 */
export function dayOf(at: string): string {
  return isDay(at) ? at : parts(at).day
}

/** 2026-11-24 09:30 */
export function minuteOf(at: string): string {
  if (isDay(at)) return at
  const p = parts(at)
  return `${p.day} ${p.time.slice(0, 5)}`
}

/** 2026年11月24日 */
export function dayInWords(at: string): string {
  const [year, month, day] = dayOf(at).split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** Whole days from one day to another; negative when `to` comes first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / 86_400_000)
}

/** The last day of a term whose instant of ending is the first of the next day. */
export function lastDayOf(dueAt: string): string {
  return isDay(dueAt) ? dueAt : dayOf(new Date(Date.parse(dueAt) - 1000).toISOString())
}

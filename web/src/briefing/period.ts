import dayjs from 'dayjs'

export interface Period { from: string; to: string }
const format = 'YYYY-MM-DD'

/** The periods a leader asks for, as of a day. */
export function periodsOf(today: string): { key: string; title: string; period: Period }[] {
  const day = dayjs(today)
  const month = day.startOf('month')
  const before = month.subtract(1, 'month')
  const quarter = month.subtract(month.month() % 3, 'month')
  const to = day.format(format)
  return [
    { key: 'month', title: '本月', period: { from: month.format(format), to } },
    { key: 'last', title: '上月', period: { from: before.format(format), to: before.endOf('month').format(format) } },
    { key: 'quarter', title: '本季度', period: { from: quarter.format(format), to } },
    { key: 'year', title: '本年', period: { from: day.startOf('year').format(format), to } },
  ]
}

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && dayjs(value).format(format) === value

/** The period in the address; none, or one that ends before it begins, is left out. */
export function periodSearch(address: Record<string, unknown>): Partial<Period> {
  const { from, to } = address
  return isDay(from) && isDay(to) && from <= to ? { from, to } : {}
}

/** A share in whole percent; nothing of nothing is not a share. */
export function percent(part: number, whole: number): string {
  return whole > 0 ? `${Math.round((part / whole) * 100)}%` : '—'
}

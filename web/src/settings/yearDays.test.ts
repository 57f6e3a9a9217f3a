import { expect, test } from 'vitest'
import { monthsOf } from './yearDays'

const months = monthsOf({
  year: 2026,
  days: [
    { day: '2026-01-01', off: true, name: '元旦' },
    { day: '2026-01-04', off: false, name: '元旦调休' },
    { day: '2026-01-05', off: false, name: '' },
  ],
})
const all = months.flat(2).filter((d) => d !== null)

test('every day of the year stands once, and weeks begin on Monday', () => {
  expect(all).toHaveLength(365)
  expect(months[1]?.[0]?.slice(0, 6)).toEqual([null, null, null, null, null, null]) // 1 February 2026 is a Sunday
  expect(monthsOf({ year: 2028, days: [] }).flat(2).filter(Boolean)).toHaveLength(366)
})

test.each([
  ['2026-01-01', 'holiday'], ['2026-01-04', 'shifted'], ['2026-01-05', 'work'], ['2026-01-10', 'weekend'],
])('%s is a day of kind %s', (day, kind) => {
  expect(all.find((d) => d.day === day)?.kind).toBe(kind)
})

import { expect, test } from 'vitest'
import { percent, periodSearch, periodsOf } from './period'

test('the periods end today or with the month they are of', () => {
  const of = Object.fromEntries(periodsOf('2026-01-15').map((p) => [p.key, p.period]))
  expect(of).toEqual({
    month: { from: '2026-01-01', to: '2026-01-15' },
    last: { from: '2025-12-01', to: '2025-12-31' },
    quarter: { from: '2026-01-01', to: '2026-01-15' },
    year: { from: '2026-01-01', to: '2026-01-15' },
  })
  expect(periodsOf('2026-11-24')[2]?.period.from).toBe('2026-10-01')
})

test.each([
  [{ from: '2026-01-01', to: '2026-02-31' }], [{ from: '2026-02-01', to: '2026-01-01' }], [{ from: 'x' }], [{}],
])('%o is no period', (address) => {
  expect(periodSearch(address)).toEqual({})
})

test('a share of nothing is not a number', () => {
  expect(percent(0, 0)).toBe('—')
  expect(percent(2, 3)).toBe('67%')
})

import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Clock } from '../api/types'
import { clock } from '../testing/cases'
import { withPage } from '../testing/withPage'
import { lastDayOf } from '../moments'
import { ClockChip } from './ClockChip'

afterEach(cleanup)

test.each<[string, Partial<Clock>, string, string]>([
  ['in time', { remaining: 4 }, 'in-time', '剩余 4 个工作日'],
  ['the last third', { remaining: 3 }, 'due-soon', '将到期，剩 3 个工作日'],
  ['the last day', { remaining: 0 }, 'due-soon', '今日到期'],
  ['past due', { remaining: -2 }, 'overdue', '逾期 2 个工作日'],
  ['stopped', { remaining: 5, stoppedAt: '2026-11-20T01:00:00Z' }, 'stopped', '已停止计时'],
])('%s is said in words', (_, part, signal, words) => {
  withPage(<ClockChip clock={{ ...clock, ...part }} today="2026-11-23" />)
  const chip = screen.getByTestId('clock-chip')
  expect(chip.dataset.signal).toBe(signal)
  expect(chip.textContent).toContain(words)
  expect(chip.textContent).toContain('参照')
})

test('an extension widens the term the last third is of', () => {
  withPage(<ClockChip clock={{ ...clock, remaining: 4, extended: 6 }} today="2026-11-23" />)
  expect(screen.getByTestId('clock-chip').dataset.signal).toBe('due-soon')
})

test('a term that depends on an unpublished year is marked 暂定', () => {
  withPage(<ClockChip clock={{ ...clock, provisional: true }} today="2026-11-23" />)
  expect(screen.getByText('暂定')).toBeTruthy()
})

test('the panel says how each day counted and what kind of term it is', async () => {
  withPage(<ClockChip clock={clock} today="2026-11-23" />)
  fireEvent.click(screen.getByTestId('clock-chip'))
  const panel = await screen.findByTestId('clock-panel')
  expect(panel.textContent).toContain('计入 1 天')
  expect(panel.textContent).toContain('不计 1 天')
  expect(panel.textContent).toContain('来源：政务数据共享条例')
  expect(panel.querySelector('[data-kind="skipped"]')?.getAttribute('title')).toBe('2026-11-14 不计 周六')
})

test('a term that ends with a day is shown by that day, not by the next', () => {
  expect(lastDayOf('2026-12-08T16:00:00Z')).toBe('2026-12-08')
  expect(lastDayOf('2026-12-08T15:59:59Z')).toBe('2026-12-08')
})

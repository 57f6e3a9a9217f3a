import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Clock } from '../api/types'
import { clock } from '../testing/cases'
import { withPage } from '../testing/withPage'
import { ClockPanel } from './ClockPanel'
import { clockSignal, endOf, termWords } from './signal'

afterEach(cleanup)

const paused: Clock = {
  ...clock,
  suspensions: [
    { from: '2026-11-16', to: '2026-11-18', reason: '等待补正', article: '《政务数据共享条例》第二十一条', days: 3, open: false },
    { from: '2026-11-20', to: '2026-12-18', reason: '不可抗力', article: '《民法典》第一百八十条', days: 2, open: true },
  ],
  extended: 5,
}

test('a suspension says its days, its reason and its article', () => {
  withPage(<ClockPanel clock={paused} today="2026-11-23" />)
  const list = screen.getByRole('list', { name: '中止和延长' })
  expect(list.textContent).toContain('2026-11-16 至 2026-11-18，3 天不计入')
  expect(list.textContent).toContain('等待补正；依据 《政务数据共享条例》第二十一条')
  expect(list.textContent).toContain('正在中止　2026-11-20 起，最迟至 2026-12-18')
})

test('an extension says how long, and that there is no second one', () => {
  withPage(<ClockPanel clock={paused} today="2026-11-23" />)
  expect(screen.getByRole('list', { name: '中止和延长' }).textContent).toContain('5 个工作日，只能延长一次')
})

test('a clock that stands still is neither in time nor overdue', () => {
  expect(clockSignal(paused)).toBe('suspended')
  expect(clockSignal({ ...paused, remaining: -1 })).toBe('suspended')
  expect(termWords('suspended', 4)).toBe('中止计算，余 4 个工作日')
})

test('a term of hours runs from the minute and through the night', () => {
  withPage(<ClockPanel clock={{ ...clock, unit: 'hour', value: 24, startedOn: '2026-11-13T02:30:00Z', dueAt: '2026-11-14T02:30:00Z', days: [] }} today="2026-11-13" />)
  const panel = screen.getByTestId('clock-panel')
  expect(panel.textContent).toContain('2026-11-13 10:30起连续计算')
  expect(panel.textContent).toContain('2026-11-14 10:30')
  expect(panel.textContent).toContain('24 小时')
})

test('a term that waits for a supplement has no last day yet, and says so', () => {
  const held: Clock = { ...clock, dueAt: null, lastDay: '', remaining: 0, days: [], suspensions: [{ from: '2026-11-16', to: '', reason: '补正', days: 0, open: true }] }
  expect(clockSignal(held)).toBe('suspended')
  expect(endOf(held)).toBe('恢复计算后确定')
  withPage(<ClockPanel clock={held} today="2026-11-23" />)
  expect(screen.getByTestId('clock-panel').textContent).toContain('恢复计算后确定')
})

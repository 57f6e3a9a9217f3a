import { expect, test } from 'vitest'
import { task } from '../testing/cases'
import { taskSignal } from '../clock/signal'
import { bulkItems, bulkLines, whyNotBulk, withoutReason } from './bulk'

const sign = { ...task, id: 't1', verb: 'sign_off', bulk: true }
const check = { ...task, id: 't2', verb: 'form_check', bulk: true, stepTitle: '形式审查' }
const high = { ...task, id: 't3', verb: 'sign_off', bulk: false, bulkRefused: '含 L3 级数据项，须逐件审签' }

test('a task says why it may not go in bulk', () => {
  expect(whyNotBulk(sign)).toBe('')
  expect(whyNotBulk(high)).toBe('含 L3 级数据项，须逐件审签')
  expect(whyNotBulk({ ...task, verb: 'draft_opinion', bulk: true })).toBe('此环节须逐件办理')
})

test('every item has its own outcome and its own reason', () => {
  expect(bulkItems([sign, check], { t1: ' 属实 ', t2: '材料齐全' })).toEqual([
    { taskId: 't1', outcome: 'sign', reason: '属实' },
    { taskId: 't2', outcome: 'complete', reason: '材料齐全' },
  ])
})

test('an item without a reason is named', () => {
  expect(withoutReason([sign, check], { t1: '属实', t2: '  ' })).toEqual(['t2'])
})

test('results stand by item, refused ones first; an item without an answer counts as not done', () => {
  const lines = bulkLines([sign, check, high], [
    { taskId: 't1', caseId: 'GX-1', ok: true, status: 'form_check', detail: '' },
    { taskId: 't2', caseId: 'GX-1', ok: false, status: 'conflict', detail: '他人已先办理' },
  ])
  expect(lines.map((l) => [l.id, l.ok, l.detail])).toEqual([
    ['t2', false, '他人已先办理'],
    ['t3', false, '没有收到答复，请打开事项查看'],
    ['t1', true, '已办理'],
  ])
})

test('what the desk counts as 即将到期 is shown as such, however short its term', () => {
  expect(taskSignal({ ...task, remaining: 2 }, '2026-11-24')).toBe('due-soon')
  expect(taskSignal({ ...task, remaining: 3, createdAt: '2026-11-24T01:00:00Z' }, '2026-11-24')).toBe('in-time')
})

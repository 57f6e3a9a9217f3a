import { expect, test } from 'vitest'
import { countWords, filtered, filterOf, searchOf, stepChoices } from './filter'

test('the address keeps box and filter', () => {
  expect(searchOf({ box: 'cc', step: 'sign_off', agency: 'civil', due: 'overdue', q: '出生' }))
    .toEqual({ box: 'cc', step: 'sign_off', agency: 'civil', due: 'overdue', q: '出生' })
})

test.each([
  ['a box that does not exist', { box: 'all' }],
  ['a term that does not exist', { due: 'never' }],
  ['empty words', { q: '', step: '' }],
  ['a list instead of a word', { q: ['a'], agency: { id: 1 } }],
])('%s is left out of the filter', (_, address) => {
  expect(filtered(filterOf(searchOf(address)))).toBe(false)
  expect(searchOf(address).box).toBeUndefined()
})

test('words that look like a number stay words, and long ones are cut', () => {
  expect(searchOf({ q: 2026 }).q).toBe('2026')
  expect(searchOf({ q: '长'.repeat(200) }).q).toHaveLength(100)
})

test('one’s own cases are filtered by state, tasks by step', () => {
  expect(stepChoices('started').map((c) => c.value)).toContain('refused')
  expect(stepChoices('todo').map((c) => c.value)).toContain('form_check')
})

test('a box is counted up to a thousand', () => {
  expect([0, 999, 1000].map(countWords)).toEqual(['0', '999', '999+'])
  expect(countWords()).toBe('\u2007')
})

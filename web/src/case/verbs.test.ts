import { expect, test } from 'vitest'
import type { Waiting } from '../api/contract'
import type { Verb, VerbKey } from '../api/types'
import { findVerb, rankVerbs, verbId, verbPath, verbTitle } from './verbs'

const verb = (key: VerbKey, more: Partial<Verb> = {}): Verb => ({
  key, title: key, citation: { edition: '', article: '', title: '' }, next: '', ...more,
})

test.each<[Verb, string]>([
  [verb('sign_off'), '/share-requests/GX-1/sign-off'],
  [verb('sign_opinion', { opinionId: 'o1' }), '/share-requests/GX-1/opinions/o1/sign'],
  [verb('transfer', { taskId: 't1' }), '/tasks/t1/transfer'],
  [verb('add_signer', { taskId: 't1' }), '/tasks/t1/add-signer'],
  [verb('copy'), '/cases/GX-1/copy'],
  [verb('suspend_clock'), '/share-requests/GX-1/suspension'],
])('%o goes to %s', (v, path) => {
  expect(verbPath('GX-1', v)).toBe(path)
})

test('the first verb is the decision the case waits for, not what stands beside it', () => {
  const verbs = [verb('urge', { taskId: 't1' }), verb('copy'), verb('withdraw'), verb('sign_off')]
  expect(findVerb(verbs, 'first')?.key).toBe('sign_off')
})

test('two tasks that may be transferred are two verbs', () => {
  expect(verbId(verb('transfer', { taskId: 't1' }))).not.toBe(verbId(verb('transfer', { taskId: 't2' })))
})

test('on a phone everything but the decision is behind one button', () => {
  const verbs = [verb('sign_off'), verb('withdraw'), verb('transfer', { taskId: 't1' }), verb('follow')]
  const narrow = rankVerbs(verbs, false)
  expect([narrow.main?.key, narrow.open.length, narrow.more.map((v) => v.key)]).toEqual(['sign_off', 0, ['withdraw', 'transfer']])
  const wide = rankVerbs(verbs, true)
  expect([wide.open.map((v) => v.key), wide.more.map((v) => v.key)]).toEqual([['withdraw'], ['transfer']])
})

test('a verb that is there for two tasks names its task', () => {
  const verbs = [verb('urge', { taskId: 't1', title: '催办' }), verb('urge', { taskId: 't2', title: '催办' }), verb('copy', { title: '抄送' })]
  const waiting = [{ taskId: 't1', title: '提供机构拟意见' }, { taskId: 't2', title: '形式审查' }] as Waiting[]
  expect(verbs.map((v) => verbTitle(v, verbs, waiting))).toEqual(['催办（提供机构拟意见）', '催办（形式审查）', '抄送'])
})

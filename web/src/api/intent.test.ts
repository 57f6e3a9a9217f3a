import { afterEach, expect, test, vi } from 'vitest'
import { api } from './client'
import { Intent } from './intent'
import { Problem, Unreachable } from './problem'

afterEach(() => vi.unstubAllGlobals())

test('the same words keep their key, other words get another', () => {
  const intent = new Intent()
  const first = intent.keyFor({ outcome: 'sign' })
  expect(intent.keyFor({ outcome: 'sign' })).toBe(first)
  expect(intent.keyFor({ outcome: 'return', reason: '不全' })).not.toBe(first)
})

test('what is done is done: the same words afterwards are a new intent', () => {
  const intent = new Intent()
  const first = intent.keyFor({ outcome: 'ask' })
  intent.close()
  expect(intent.keyFor({ outcome: 'ask' })).not.toBe(first)
})

test('a lost answer is asked for again under the same Idempotency-Key', async () => {
  const keys: (string | null)[] = []
  const answers = [
    () => Promise.reject(new TypeError('network')),
    () => Promise.resolve(new Response('{"id":"GX-1"}', { status: 201, headers: { 'Content-Type': 'application/json' } })),
  ]
  vi.stubGlobal('fetch', (input: Request | string, init?: RequestInit) => {
    keys.push(new Request(input, init).headers.get('Idempotency-Key'))
    return answers.shift()?.()
  })
  const intent = new Intent()
  const body = { outcome: 'sign' }
  const send = () => api.act('/share-requests/GX-1/sign-off', body, intent.keyFor(body))
  await expect(send()).rejects.toBeInstanceOf(Unreachable)
  await send()
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
  expect(keys[1]).toBe(keys[0])
})

test('a refusal of the server becomes a problem that points at fields', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(
    JSON.stringify({ status: 422, detail: '依据不成立', errors: [{ pointer: '/grounds/0/level', text: '层级不符' }] }),
    { status: 422, headers: { 'Content-Type': 'application/problem+json' } },
  )))
  const error = await api.act('/share-requests/GX-1/opinions', {}, 'k').catch((e: unknown) => e)
  expect(error).toBeInstanceOf(Problem)
  expect((error as Problem).message).toBe('依据不成立')
  expect((error as Problem).faults).toEqual([{ path: 'grounds.0.level', text: '层级不符' }])
})

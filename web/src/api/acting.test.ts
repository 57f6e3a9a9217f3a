import { afterEach, expect, test, vi } from 'vitest'
import { actFor, actingFor } from './acting'
import { address, fileName, send } from './ask'
import { office } from './office'
import { Problem } from './problem'

afterEach(() => {
  actFor(null)
  vi.unstubAllGlobals()
})

function listening() {
  const requests: Request[] = []
  vi.stubGlobal('fetch', (request: Request) => {
    requests.push(request)
    return Promise.resolve(new Response('{}', { headers: { 'Content-Type': 'application/json' } }))
  })
  return requests
}

test('every request carries whom one acts for, and none after it ended', async () => {
  const requests = listening()
  actFor('civil-head')
  await office.seats()
  await send('/tasks/t1/urge', { body: {}, key: 'k' })
  actFor(null)
  await office.seats()
  expect(requests.map((r) => r.headers.get('X-Acting-For'))).toEqual(['civil-head', 'civil-head', null])
  expect(actingFor()).toBeNull()
})

test('an act says what was shown, under its own key', async () => {
  const requests = listening()
  await send('/share-requests/GX-1/sign-off', { body: { outcome: 'sign' }, key: 'k1', shown: 'abc' })
  expect(requests[0]?.headers.get('Shown-Digest')).toBe('abc')
  expect(requests[0]?.headers.get('Idempotency-Key')).toBe('k1')
})

test('a refusal without a body is still said in words', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 403 })))
  const error = await office.seats().catch((e: unknown) => e)
  expect(error).toBeInstanceOf(Problem)
  expect((error as Problem).message).toBe('您没有办理此事项的权限。')
})

test('values that are not given are not in the address', () => {
  expect(address('/tasks', { box: 'todo', step: undefined, q: '', limit: 50 })).toMatch(/\/api\/v1\/tasks\?box=todo&limit=50$/)
})

test.each([
  [`attachment; filename="paper.pdf"; filename*=UTF-8''%E7%AD%94%E5%A4%8D.pdf`, '答复.pdf'],
  ['attachment; filename="list.xlsx"', 'list.xlsx'],
  [null, undefined],
])('the name in %o is %o', (header, name) => {
  expect(fileName(header)).toBe(name)
})

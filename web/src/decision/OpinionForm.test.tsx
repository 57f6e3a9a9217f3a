import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { draftVerb, ground, kase } from '../testing/cases'
import { withPage } from '../testing/withPage'
import { OpinionForm } from './OpinionForm'
import { opinionBody, refusalStands } from './opinion'

afterEach(cleanup)

test('a refusal with a reason but without a ground is not sent and says why', async () => {
  const send = vi.fn()
  withPage(
    <>
      <OpinionForm id="f" kase={kase} verb={draftVerb} error={null} send={send} />
      <button type="submit" form="f">送</button>
    </>,
  )
  fireEvent.click(screen.getByRole('radio', { name: /^不同意/ }))
  fireEvent.change(await screen.findByLabelText('不同意的理由'), { target: { value: '超出履职需要' } })
  fireEvent.submit(document.querySelector('#f') as HTMLFormElement)
  await screen.findByText(/须附完整的法律、法规、规章依据/)
  await screen.findByText('请写明条款')
  expect(send).not.toHaveBeenCalled()
})

test('an agreement needs no ground and is sent for its side', async () => {
  const send = vi.fn()
  withPage(<OpinionForm id="f" kase={kase} verb={draftVerb} error={null} send={send} />)
  fireEvent.click(screen.getByRole('radio', { name: /^同意/ }))
  fireEvent.change(await screen.findByLabelText('理由'), { target: { value: ' 确有必要 ' } })
  fireEvent.submit(document.querySelector('#f') as HTMLFormElement)
  await waitFor(() => expect(send).toHaveBeenCalledWith({ outcome: 'agree', reason: '确有必要', side: 'provider' }))
})

test.each([
  ['no ground', [], '理由', false],
  ['a ground without its words', [{ ...ground, quote: ' ' }], '理由', false],
  ['a normative document', [{ ...ground, level: '规范性文件' }], '理由', false],
  ['a law not yet in force', [{ ...ground, inForceOn: '2027-01-01' }], '理由', false],
  ['a good ground beside a bad one', [ground, { ...ground, article: '' }], '理由', false],
  ['no reason', [ground], '  ', false],
  ['reason and ground', [ground], '理由', true],
])('a refusal with %s stands: %#', (_, grounds, reason, stands) => {
  const fields = { outcome: 'refuse' as const, reason, grounds, itemIds: ['i1'], conditions: [] }
  expect(refusalStands(fields, '2026-11-23')).toBe(stands)
})

test('grounds left over from a refusal are not sent with an agreement', () => {
  const fields = { outcome: 'agree' as const, reason: '好', grounds: [ground], itemIds: ['i1'], conditions: [] }
  expect(opinionBody(fields, draftVerb, ['i1'])).not.toHaveProperty('grounds')
})

import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { task } from '../testing/cases'
import { withPage } from '../testing/withPage'
import { BulkDrawer } from './BulkDrawer'

vi.mock('@tanstack/react-router', () => ({ Link: ({ children }: { children: unknown }) => children }))
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const tasks = [{ ...task, id: 't1' }, { ...task, id: 't2', verb: 'form_check', stepTitle: '形式审查' }]

test('nothing is sent while an item has no reason; then each goes with its own, and its own result is shown', async () => {
  const sent: unknown[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(await request.json())
    return new Response(JSON.stringify({
      results: [
        { taskId: 't1', caseId: 'GX-1', ok: true, status: 'form_check', detail: '已办理' },
        { taskId: 't2', caseId: 'GX-1', ok: false, status: 'conflict', detail: '吴芳已先行办理' },
      ],
    }), { headers: { 'Content-Type': 'application/json' } })
  })
  withPage(<BulkDrawer tasks={tasks} today="2026-11-24" close={() => {}} />)
  const items = screen.getAllByTestId('bulk-item')
  fireEvent.change(within(items[0] as HTMLElement).getByLabelText('审签理由'), { target: { value: '属实' } })
  fireEvent.click(screen.getByTestId('bulk-send'))
  await screen.findByText('还有 1 件没有写明理由')
  expect(sent).toHaveLength(0)
  fireEvent.change(within(items[1] as HTMLElement).getByLabelText('审签理由'), { target: { value: '齐全' } })
  fireEvent.click(screen.getByTestId('bulk-send'))
  const results = await screen.findByTestId('bulk-results')
  expect(sent).toEqual([{ items: [
    { taskId: 't1', outcome: 'sign', reason: '属实' }, { taskId: 't2', outcome: 'complete', reason: '齐全' },
  ] }])
  await waitFor(() => expect(results.textContent).toContain('办成 1 件，未办成 1 件'))
  expect(results.textContent).toContain('未办成：吴芳已先行办理')
})

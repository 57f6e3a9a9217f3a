import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { Entry, Preview, PreviewPart } from '../api/types'
import { ground } from '../testing/cases'
import { withPage } from '../testing/withPage'
import { emptyDraft } from './draft'
import { ReviewAndSubmit } from './ReviewAndSubmit'

afterEach(cleanup)

const entry: Entry = {
  id: 'e1', code: 'C1', name: '出生医学证明信息', summary: '', agency: { id: 'health', name: '区卫生健康委' },
  sharing: 'authorized', open: 'not_open', level: 'L3', itemCount: 2, updatedAt: '2026-10-12T00:00:00Z',
  updateCycle: '', format: '', reason: '', grounds: [], items: [], scenarios: [],
}
const citation = { edition: '宝信息委规〔2023〕2号', article: '26(1)', title: '《宝山区公共数据管理办法》第26条' }
const barred: PreviewPart = {
  itemId: 'i1', itemName: '分娩并发症', level: 'L4', route: 'barred', why: '属于非共享类', citation, grounds: [ground],
}
const review: PreviewPart = { ...barred, itemId: 'i2', itemName: '证明编号', route: 'review', why: '属于授权共享类', grounds: [] }

function show(preview: Preview) {
  withPage(
    <ReviewAndSubmit
      entry={entry} draft={{ ...emptyDraft, itemIds: ['i1'] }} preview={preview}
      error={null} submitting={false} back={vi.fn()} submit={vi.fn()}
    />,
  )
}

test('where every item is barred the law is shown and nothing can be submitted', () => {
  show({ parts: [barred], allBarred: true, next: '' })
  expect(screen.getByTestId('all-barred')).toBeTruthy()
  expect(screen.getByText(ground.quote)).toBeTruthy()
  expect(screen.queryByRole('button', { name: '提交申请' })).toBeNull()
})

test('where some item can go on, its route and what follows are shown before the button', () => {
  show({ parts: [barred, review], allBarred: false, next: '由区民政局负责人审签' })
  expect(screen.getByText('会同审核')).toBeTruthy()
  expect(screen.getByText('依法不予共享')).toBeTruthy()
  expect(screen.getByTestId('what-next').textContent).toContain('由区民政局负责人审签')
  expect(screen.getByRole('button', { name: '提交申请' })).toBeTruthy()
})

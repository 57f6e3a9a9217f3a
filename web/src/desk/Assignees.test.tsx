import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Assignee } from '../api/contract'
import { withPage } from '../testing/withPage'
import { Assignees } from './Assignees'

afterEach(cleanup)

const people: Assignee[] = [
  { id: 'a', name: '周建国', state: 'signed', by: '吴芳' },
  { id: 'b', name: '李敏', state: 'waiting', added: true },
  { id: 'c', name: '赵宏', state: 'removed' },
]

test('a seat nobody holds is said in words, not only in red', () => {
  withPage(<Assignees assignees={[]} vacant />)
  expect(screen.getByTestId('vacant').textContent).toContain('岗位空缺，无人可办')
})

test('of several signers it says how many signed, who was added and who acted for whom', () => {
  const { container } = withPage(<Assignees mode="all" assignees={people} at={() => ''} />)
  expect(container.textContent).toContain('会签：每个人都须签署　1/2 人已签')
  expect(container.textContent).toContain('周建国已签（吴芳 代）')
  expect(container.textContent).toContain('李敏 加签')
})

test('a turn in a sequence is a number', () => {
  const { container } = withPage(<Assignees mode="sequence" assignees={people} />)
  expect(container.textContent).toMatch(/1\.周建国.*2\.李敏/)
})

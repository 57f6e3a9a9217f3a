import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { Problem } from '../api/problem'
import { withPage } from '../testing/withPage'
import { ChangedMaterial, materialChanged } from './ChangedMaterial'

afterEach(cleanup)

const changed = new Problem(409, {
  detail: '材料已变更', errors: [{ pointer: '/until', text: '使用期限由“2027-12-31”改为“2027-06-30”' }, { pointer: '/parts', text: '新增数据项“母亲姓名”' }],
})

test('a decision refused for changed material names every change', () => {
  expect(materialChanged(changed)).toEqual(['使用期限由“2027-12-31”改为“2027-06-30”', '新增数据项“母亲姓名”'])
})

test.each([
  ['somebody else was faster', new Problem(409, { detail: '吴芳已先行审签' })],
  ['a field is wrong', new Problem(422, { errors: [{ pointer: '/reason', text: '请写明理由' }] })],
  ['nothing failed', null],
])('that %s is no change of the material', (_, error) => {
  expect(materialChanged(error)).toEqual([])
})

test('the person reads the changes and asks for the material again', () => {
  const again = vi.fn()
  withPage(<ChangedMaterial changes={materialChanged(changed)} again={again} />)
  expect(screen.getByTestId('material-changed').textContent).toContain('刚才的决定没有记录')
  fireEvent.click(screen.getByTestId('read-again'))
  expect(again).toHaveBeenCalledOnce()
})

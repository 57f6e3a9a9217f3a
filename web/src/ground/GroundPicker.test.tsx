import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { ground } from '../testing/cases'
import { withPage } from '../testing/withPage'
import { GroundPicker } from './GroundPicker'

afterEach(cleanup)

test('a complete ground is shown as it will stand in the record', () => {
  withPage(<GroundPicker today="2026-11-23" show={false} value={[ground]} />)
  expect(screen.getByTestId('ground-preview').textContent).toContain('《中华人民共和国个人信息保护法》')
  expect(screen.getByTestId('ground-preview').textContent).toContain('自2021年11月1日起施行')
})

test('an incomplete ground has no preview, and a text not yet in force says so', () => {
  withPage(<GroundPicker today="2026-11-23" show={false} value={[{ ...ground, inForceOn: '2027-01-01' }]} />)
  expect(screen.queryByTestId('ground-preview')).toBeNull()
  expect(screen.getByText('尚未施行，不能作为依据')).toBeTruthy()
})

test('规范性文件 is offered but cannot be chosen, with the reason', async () => {
  withPage(<GroundPicker today="2026-11-23" show={false} />)
  fireEvent.mouseDown(screen.getByRole('combobox', { name: '依据：效力层级' }))
  const option = (await screen.findAllByText(/^规范性文件（不能作为依据/))[0]
  expect(option?.closest('[aria-disabled="true"], .ant-select-item-option-disabled')).toBeTruthy()
})

test("the server's fault stands beside the field it points at", () => {
  withPage(
    <GroundPicker
      today="2026-11-23" show={false} value={[ground]}
      faults={[{ path: '0.level', text: '《政务数据共享条例》的效力层级是行政法规' }]}
    />,
  )
  expect(screen.getByRole('alert').textContent).toBe('《政务数据共享条例》的效力层级是行政法规')
})

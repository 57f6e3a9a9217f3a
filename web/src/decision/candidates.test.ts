import { expect, test } from 'vitest'
import { candidateOptions, matches } from './candidates'

const civil = { id: 'civil', name: '区民政局' }
const health = { id: 'health', name: '区卫生健康委' }
const groups = candidateOptions([
  { id: 'civil-head', name: '周建国', agency: civil },
  { id: 'health-head', name: '李敏', agency: health },
  { id: 'civil-deputy', name: '吴芳', agency: civil },
])

test('candidates stand under their agency, none twice', () => {
  expect(groups.map((g) => [g.label, g.options.map((o) => o.label)])).toEqual([
    ['区民政局', ['周建国', '吴芳']], ['区卫生健康委', ['李敏']],
  ])
})

test.each([
  ['周', ['周建国']], ['卫生', ['李敏']], ['民政 吴', ['吴芳']], ['CIVIL-', ['周建国', '吴芳']], ['没有这个人', []],
])('“%s” finds %o', (typed, names) => {
  expect(groups.flatMap((g) => g.options).filter((o) => matches(typed, o)).map((o) => o.label)).toEqual(names)
})

import { expect, test } from 'vitest'
import { sizeWords, whyNotSent } from './files'

test('an empty file, one that is too large and one of another kind are refused in words', () => {
  expect(whyNotSent({ name: '空.pdf', size: 0 })).toContain('空文件')
  expect(whyNotSent({ name: '大.pdf', size: 30 * 1024 * 1024 })).toContain('30.0 MB')
  expect(whyNotSent({ name: '包.zip', size: 1000 })).toContain('压缩包请解开')
  expect(whyNotSent({ name: '好.PDF', size: 1000 })).toBe('')
})

test.each([[12, '12 B'], [2048, '2 KB'], [3_500_000, '3.3 MB']])('%d bytes are %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words)
})

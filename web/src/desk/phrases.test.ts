import { expect, test } from 'vitest'
import { insertPhrase, phrasesFor } from './phrases'

test.each([
  ['', '同意。', 0, '同意。'],
  ['情况属实', '同意报送', 4, '情况属实；同意报送'],
  ['情况属实。', '同意报送', 5, '情况属实。同意报送'],
  ['前后', '中', 1, '前；中后'],
])('%o with %o at %d is %o', (words, phrase, at, result) => {
  expect(insertPhrase(words, phrase, at)).toBe(result)
})

test('the phrases of the step come first, those of other steps not at all', () => {
  const phrases = [
    { id: '1', text: '通用', scope: 'own' as const, step: '' },
    { id: '2', text: '审签', scope: 'own' as const, step: 'sign_off' },
    { id: '3', text: '审查', scope: 'agency' as const, step: 'form_check' },
  ]
  expect(phrasesFor(phrases, 'sign_off').map((p) => p.id)).toEqual(['2', '1'])
  expect(phrasesFor(phrases, undefined)).toHaveLength(3)
})

import type { Phrase } from '../api/contract'

/** The phrases for a step: its own first, then those for any; those of other steps not at all. */
export function phrasesFor(phrases: Phrase[], step: string | undefined): Phrase[] {
  if (!step) return phrases
  return [...phrases.filter((p) => p.step === step), ...phrases.filter((p) => !p.step)]
}

/** Puts a phrase into the words at a place, with a stop between sentences. */
export function insertPhrase(words: string, phrase: string, at: number): string {
  const before = words.slice(0, at)
  const joint = before && !/[\s，。；：、！？]$/.test(before) ? '；' : ''
  return before + joint + phrase + words.slice(at)
}

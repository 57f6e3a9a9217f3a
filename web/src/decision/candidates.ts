import type { Candidate } from '../api/contract'

export interface CandidateOption { value: string; label: string; words: string }
export interface CandidateGroup { label: string; title: string; options: CandidateOption[] }

/** The candidates under the names of their agencies, in the order they came. */
export function candidateOptions(candidates: Candidate[]): CandidateGroup[] {
  const groups = new Map<string, CandidateGroup>()
  for (const c of candidates) {
    const group = groups.get(c.agency.id) ?? { label: c.agency.name, title: c.agency.name, options: [] }
    group.options.push({ value: c.id, label: c.name, words: `${c.name} ${c.agency.name} ${c.id}`.toLowerCase() })
    groups.set(c.agency.id, group)
  }
  return [...groups.values()]
}

/** Every word that was typed must be in the name, the agency or the account. */
export function matches(typed: string, option: object | undefined): boolean {
  const words = (option as CandidateOption | undefined)?.words
  if (words === undefined) return false // a group is shown when one of its people is
  return typed.toLowerCase().split(/\s+/).every((word) => words.includes(word))
}

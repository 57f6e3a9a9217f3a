import type { VerbPath } from '../api/client'
import type { Waiting } from '../api/contract'
import type { Verb, VerbKey } from '../api/types'

/** A verb's name in the address bar; two drafts to sign are two verbs. */
export function verbId(verb: Verb): string {
  return [verb.key, verb.side, verb.opinionId, beside.has(verb.key) ? verb.taskId : undefined].filter(Boolean).join('.')
}

export function findVerb(verbs: Verb[], act: string | undefined): Verb | undefined {
  return act === 'first' ? mainVerb(verbs) ?? verbs[0] : verbs.find((v) => verbId(v) === act)
}

/** What stands beside the decision: it moves people and papers, not the case. */
const beside = new Set<VerbKey>([
  'add_signer', 'remove_signer', 'transfer', 'consult', 'urge', 'copy', 'follow', 'unfollow', 'suspend_clock', 'resume_clock', 'move_rules',
])

/** The verb the case waits for from this person. */
export function mainVerb(verbs: Verb[]): Verb | undefined {
  return verbs.find((v) => v.key !== 'withdraw' && v.key !== 'ask_extension' && !beside.has(v.key))
}

/** The verbs in three ranks: what is waited for, other decisions, and the rest behind 更多. */
export function rankVerbs(verbs: Verb[], wide: boolean): { main: Verb | undefined; open: Verb[]; more: Verb[] } {
  const elsewhere: VerbKey[] = ['follow', 'unfollow', 'move_rules'] // in the head of the case
  const shown = verbs.filter((v) => !elsewhere.includes(v.key))
  const main = mainVerb(shown)
  const others = shown.filter((v) => v !== main)
  if (!wide && others.length > 1) return { main, open: [], more: others }
  const open = others.filter((v) => !beside.has(v.key))
  return { main, open, more: others.filter((v) => beside.has(v.key)) }
}

const casePaths: Partial<Record<VerbKey, string>> = {
  sign_off: 'sign-off', revision: 'revision', form_check: 'form-check', supplement: 'supplement', draft_opinion: 'opinions',
  ask_extension: 'extension', decide_extension: 'extension', withdraw: 'withdraw', suspend_clock: 'suspension',
  resume_clock: 'suspension',
  move_rules: 'rules',
}
const taskPaths: Partial<Record<VerbKey, string>> = {
  add_signer: 'add-signer', remove_signer: 'remove-signer', transfer: 'transfer', consult: 'consult', advise: 'advise', urge: 'urge',
}

export function verbPath(caseId: string, verb: Verb): VerbPath {
  const id = encodeURIComponent(caseId)
  if (verb.key === 'copy') return `/cases/${id}/copy`
  if (verb.key === 'sign_opinion') return `/share-requests/${id}/opinions/${verb.opinionId ?? ''}/sign`
  const task = taskPaths[verb.key]
  if (task) return `/tasks/${encodeURIComponent(verb.taskId ?? '')}/${task}`
  return `/share-requests/${id}/${casePaths[verb.key] ?? verb.key.replaceAll('_', '-')}`
}

/** What a verb is called beside others: two tasks that may be urged are told apart by their names. */
export function verbTitle(verb: Verb, verbs: Verb[], waiting: Waiting[]): string {
  const task = waiting.find((w) => w.taskId === verb.taskId)
  const alone = verbs.filter((v) => v.key === verb.key).length === 1
  return alone || !task ? verb.title : `${verb.title}（${task.title}）`
}

import type { CaseVerbPath } from '../api/client'
import type { Verb } from '../api/types'

/** A verb's name in the address bar; two drafts to sign are two verbs. */
export function verbId(verb: Verb): string {
  return [verb.key, verb.side, verb.opinionId].filter(Boolean).join('.')
}

export function findVerb(verbs: Verb[], act: string | undefined): Verb | undefined {
  return act === 'first' ? verbs[0] : verbs.find((v) => verbId(v) === act)
}

export function verbPath(verb: Verb): CaseVerbPath {
  switch (verb.key) {
    case 'sign_off': return 'sign-off'
    case 'revision': return 'revision'
    case 'form_check': return 'form-check'
    case 'supplement': return 'supplement'
    case 'draft_opinion': return 'opinions'
    case 'sign_opinion': return `opinions/${verb.opinionId ?? ''}/sign`
    case 'ask_extension':
    case 'decide_extension': return 'extension'
    case 'withdraw': return 'withdraw'
  }
}

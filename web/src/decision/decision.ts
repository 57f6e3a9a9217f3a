import type { Case, Verb } from '../api/types'

/** What every form of the decision drawer gets. Its submit button is the drawer's. */
export interface DecisionFormProps {
  id: string
  kase: Case
  verb: Verb
  error: Error | null
  send: (body: unknown) => void
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api } from '../api/client'
import { Intent } from '../api/intent'
import { caseChanged, requestQuery } from '../api/queries'
import type { Case, CaseEvent, Verb } from '../api/types'
import { verbPath } from '../case/verbs'

/**
 * Sends a decision once, however often it is pressed, with the digest of the
 * material that was read; reads the case again and hands back the events that
 * the decision added, newest last.
 */
export function useDecision(kase: Case, verb: Verb, done: (events: CaseEvent[]) => void) {
  const intent = useRef(new Intent())
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: unknown) => {
      await api.act(verbPath(kase.id, verb), body, intent.current.keyFor({ body, shown: kase.shown }), kase.shown)
      intent.current.close()
      return client.fetchQuery({ ...requestQuery(kase.id), staleTime: 0 }).catch(() => kase)
    },
    onSuccess: (after) => {
      const seen = new Set(kase.events.map((e) => e.seq))
      done(after.events.filter((e) => !seen.has(e.seq)).sort((a, b) => a.seq - b.seq))
      caseChanged(client, kase.id)
    },
  })
}

import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { asProblem, Unreachable } from './api/problem'

let onSignedOut = () => {}

/** The router says here where to go when the session has ended. */
export function whenSignedOut(then: () => void): void {
  onSignedOut = then
}

function notice(error: unknown): void {
  if (asProblem(error)?.status === 401) onSignedOut()
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: notice }),
  mutationCache: new MutationCache({ onError: notice }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => {
        const status = asProblem(error)?.status ?? 0
        return count < 2 && (error instanceof Unreachable || status >= 500)
      },
    },
    // An answer lost or not given in time is asked for once more; the intent's key makes that safe.
    mutations: {
      retry: (count, error) =>
        count < 1 && (error instanceof Unreachable || asProblem(error)?.status === 503),
    },
  },
})

import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { actFor } from '../api/acting'

/** Begins to act for somebody, or ends it: nothing read so far may be shown under the other name. */
export function useActing(): (principal: string | null) => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  return async (principal) => {
    actFor(principal)
    await navigate({ to: '/workbench', search: {} })
    await client.resetQueries({ predicate: (q) => q.queryKey[0] !== 'district' })
  }
}

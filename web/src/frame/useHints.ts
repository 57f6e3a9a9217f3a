import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../api/client'
import { caseChanged } from '../api/queries'

/** Reads again what the server hints has changed. */
export function useHints(): void {
  const client = useQueryClient()
  useEffect(() => api.listen((caseId) => caseChanged(client, caseId)), [client])
}

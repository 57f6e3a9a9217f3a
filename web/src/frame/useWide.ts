import { useSyncExternalStore } from 'react'

const query = '(min-width: 860px)'

function listen(changed: () => void): () => void {
  const media = window.matchMedia(query)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}

/** Is there room for a menu beside the page and for tables? */
export function useWide(): boolean {
  return useSyncExternalStore(listen, () => window.matchMedia(query).matches)
}

import { useMemo, useState } from 'react'

/** The rows somebody has marked; a row that leaves the list leaves the selection. */
export function useSelection<T>(rows: T[] | undefined, keyOf: (row: T) => string, allowed: (row: T) => boolean) {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const selected = useMemo(
    () => (rows ?? []).filter((row) => marked.has(keyOf(row)) && allowed(row)),
    // keyOf and allowed are written as literals by the caller
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [rows, marked],
  )
  const toggle = (row: T) => {
    if (!allowed(row)) return
    const next = new Set(marked)
    if (!next.delete(keyOf(row))) next.add(keyOf(row))
    setMarked(next)
  }
  const all = () => setMarked(new Set((rows ?? []).filter(allowed).slice(0, 100).map(keyOf)))
  return { selected, has: (row: T) => marked.has(keyOf(row)), toggle, all, clear: () => setMarked(new Set()) }
}

import { useEffect, useState } from 'react'

/**
 * Moves a mark over the rows with j and k and does what the other keys say to
 * the marked row. Quiet while somebody types, and while a drawer is open.
 */
export function useRowKeys<T>(
  rows: T[] | undefined,
  keyOf: (row: T) => string,
  actions: Record<string, (row: T) => void>,
): string | undefined {
  const [active, setActive] = useState<string>()
  useEffect(() => {
    if (!rows?.length) return
    const press = (event: KeyboardEvent) => {
      const at = event.target as HTMLElement
      if (event.metaKey || event.ctrlKey || event.altKey) return
      if (at.closest('input:not([type="checkbox"]), textarea, select, [role="combobox"], [role="dialog"], [role="menu"]')) return
      const now = rows.findIndex((row) => keyOf(row) === active)
      if (event.key === 'j' || event.key === 'k') {
        const next = Math.min(rows.length - 1, Math.max(0, now + (event.key === 'j' ? 1 : -1)))
        const key = keyOf(rows[next] as T)
        setActive(key)
        document.querySelector(`[data-row="${CSS.escape(key)}"]`)?.scrollIntoView({ block: 'nearest' })
        return
      }
      const act = actions[event.key]
      const row = rows[now]
      if (!act || !row || (event.key === 'Enter' && at.closest('a, button'))) return
      event.preventDefault()
      act(row)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })
  return active
}

import type { FormInstance } from 'antd'
import { useEffect, useMemo } from 'react'
import { asProblem } from '../api/problem'

/**
 * Puts each fault the server points at beside its field, and returns the paths
 * that found one. `rename` maps a path on the wire to a field's name.
 */
export function usePointedFaults<T>(
  form: FormInstance<T>, error: Error | null, rename: Record<string, string> = {},
): string[] {
  const faults = useMemo(() => asProblem(error)?.faults ?? [], [error])
  useEffect(() => {
    const texts = new Map<string, string[]>()
    for (const fault of faults) {
      const name = rename[fault.path] ?? fault.path
      if (form.getFieldInstance(name as never) !== undefined || form.getFieldValue(name as never) !== undefined) {
        texts.set(name, [...(texts.get(name) ?? []), fault.text])
      }
    }
    form.setFields([...texts].map(([name, errors]) => ({ name: name as never, errors })))
    // rename is written as a literal by the callers
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [faults, form])
  return faults
    .filter((f) => form.getFieldValue((rename[f.path] ?? f.path) as never) !== undefined)
    .map((f) => f.path)
}

import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useWide } from '../frame/useWide'
import css from './DataTable.module.css'

export interface Column<T> {
  title: string
  width?: string
  cell: (row: T) => ReactNode
}

interface Props<T> {
  label: string
  columns: Column<T>[]
  rows: T[] | undefined // undefined while loading
  rowKey: (row: T) => string
  card: (row: T) => ReactNode
  active?: string // the row the keyboard is on
  onOpen?: (row: T) => void
  empty: ReactNode
}

/** Rows to compare on a wide screen, cards to read on a narrow one. */
export function DataTable<T>({ label, columns, rows, rowKey, card, active, onOpen, empty }: Props<T>) {
  const wide = useWide()
  if (rows?.length === 0) return <div className={css.sheet}>{empty}</div>
  if (!wide) {
    return (
      <ul className={css.cards} aria-label={label} aria-busy={!rows}>
        {rows?.map((row) => (
          <li key={rowKey(row)} className={css.card} data-row={rowKey(row)}>{card(row)}</li>
        )) ?? [0, 1, 2, 3].map((i) => (
          <li key={i} className={css.card}><Skeleton active title={false} paragraph={{ rows: 3 }} /></li>
        ))}
      </ul>
    )
  }
  return (
    <div className={css.sheet}>
      <table className={css.table} aria-label={label} aria-busy={!rows}>
        <colgroup>{columns.map((c) => <col key={c.title} style={{ width: c.width }} />)}</colgroup>
        <thead>
          <tr>{columns.map((c) => <th key={c.title} scope="col">{c.title}</th>)}</tr>
        </thead>
        <tbody>
          {rows?.map((row) => (
            <tr
              key={rowKey(row)}
              data-row={rowKey(row)}
              data-active={rowKey(row) === active || undefined}
              data-open={onOpen ? true : undefined}
              onClick={(event) => {
                if (onOpen && !(event.target as HTMLElement).closest('a, button, [tabindex]')) onOpen(row)
              }}
            >
              {columns.map((c) => <td key={c.title}>{c.cell(row)}</td>)}
            </tr>
          )) ?? [0, 1, 2, 3, 4, 5].map((i) => (
            <tr key={i}>
              {columns.map((c) => (
                <td key={c.title}><Skeleton active title={false} paragraph={{ rows: 1 }} /></td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

import { Checkbox, Skeleton, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useWide } from '../frame/useWide'
import css from './DataTable.module.css'

export interface Column<T> {
  title: string
  width?: string
  cell: (row: T) => ReactNode
}

/** Rows that can be marked; one that cannot says why. */
export interface Marking<T> {
  has: (row: T) => boolean
  toggle: (row: T) => void
  refused: (row: T) => string
  name: (row: T) => string
}

interface Props<T> {
  label: string
  columns: Column<T>[]
  rows: T[] | undefined // undefined while loading
  rowKey: (row: T) => string
  card: (row: T) => ReactNode
  active?: string // the row the keyboard is on
  onOpen?: (row: T) => void
  marking?: Marking<T>
  empty: ReactNode
}

/** Rows to compare on a wide screen, cards to read on a narrow one. */
export function DataTable<T>({ label, columns, rows, rowKey, card, active, onOpen, marking, empty }: Props<T>) {
  const wide = useWide()
  if (rows?.length === 0) return <div className={css.sheet}>{empty}</div>
  if (!wide) {
    return (
      <ul className={css.cards} aria-label={label} aria-busy={!rows}>
        {rows?.map((row) => (
          <li key={rowKey(row)} className={css.card} data-row={rowKey(row)}>
            {marking && marking.refused(row) === '' && <MarkBox marking={marking} row={row}>选入批量</MarkBox>}
            {card(row)}
          </li>
        )) ?? [0, 1, 2, 3].map((i) => (
          <li key={i} className={css.card}><Skeleton active title={false} paragraph={{ rows: 3 }} /></li>
        ))}
      </ul>
    )
  }
  return (
    <div className={css.sheet}>
      <table className={css.table} aria-label={label} aria-busy={!rows}>
        <colgroup>{marking && <col className={css.mark} />}{columns.map((c) => <col key={c.title} style={{ width: c.width }} />)}</colgroup>
        <thead>
          <tr>
            {marking && <th scope="col"><span className="visually-hidden">选择</span></th>}
            {columns.map((c) => <th key={c.title} scope="col">{c.title}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows?.map((row) => (
            <tr
              key={rowKey(row)}
              data-row={rowKey(row)}
              data-active={rowKey(row) === active || undefined}
              data-open={onOpen ? true : undefined}
              onClick={(event) => {
                if (onOpen && !(event.target as HTMLElement).closest('a, button, label, input, [tabindex]')) onOpen(row)
              }}
            >
              {marking && <td><MarkBox marking={marking} row={row} /></td>}
              {columns.map((c) => <td key={c.title}>{c.cell(row)}</td>)}
            </tr>
          )) ?? [0, 1, 2, 3, 4, 5].map((i) => (
            <tr key={i}>
              {marking && <td />}
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

function MarkBox<T>({ marking, row, children }: { marking: Marking<T>; row: T; children?: ReactNode }) {
  const refused = marking.refused(row)
  const box = (
    <Checkbox
      checked={marking.has(row)} disabled={refused !== ''} onChange={() => marking.toggle(row)}
      aria-label={refused ? `不能批量：${refused}` : `选择 ${marking.name(row)}`}
    >
      {children}
    </Checkbox>
  )
  return refused ? <Tooltip title={`不能批量：${refused}`}><span>{box}</span></Tooltip> : box
}

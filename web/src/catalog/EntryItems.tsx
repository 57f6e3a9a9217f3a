import type { EntryItem } from '../api/types'
import { bareTitle } from '../citation'
import { GroundQuote } from '../ground/GroundQuote'
import { EmptyState } from '../state/EmptyState'
import { type Column, DataTable } from '../table/DataTable'
import css from './EntryItems.module.css'
import { SharingTag } from './SharingTag'

const columns: Column<EntryItem>[] = [
  { title: '数据项', width: '22%', cell: (i) => <strong className={css.name}>{i.name}</strong> },
  { title: '类型', width: '11%', cell: (i) => i.dataType },
  { title: '分级', width: '8%', cell: (i) => i.level },
  { title: '共享类型', width: '12%', cell: (i) => <SharingTag sharing={i.sharing} /> },
  { title: '理由和依据', cell: (i) => <ItemReason item={i} /> },
]

function ItemReason({ item }: { item: EntryItem }) {
  if (!item.reason && item.grounds.length === 0) return <span className={css.soft}>—</span>
  return (
    <div className={css.reason}>
      {item.reason && <p>{item.reason}</p>}
      {item.grounds.length > 0 && (
        <details>
          <summary>
            {item.grounds.map((g) => `《${bareTitle(g.title)}》${g.article}`).join('、')}
          </summary>
          {item.grounds.map((g) => <GroundQuote key={g.title + g.article} ground={g} />)}
        </details>
      )}
    </div>
  )
}

/** The items of an entry; each has its own sharing type and level, which decide its route. */
export function EntryItems({ items }: { items: EntryItem[] }) {
  return (
    <DataTable
      label="数据项"
      columns={columns}
      rows={items}
      rowKey={(i) => i.id}
      card={(i) => (
        <div className={css.card}>
          <div className={css.top}>
            <strong className={css.name}>{i.name}</strong>
            <SharingTag sharing={i.sharing} />
          </div>
          <p className={css.soft}>{i.dataType} · {i.level}</p>
          <ItemReason item={i} />
        </div>
      )}
      empty={<EmptyState title="尚未登记数据项">提供机构登记数据项后，才能申请共享。</EmptyState>}
    />
  )
}

import { Link } from '@tanstack/react-router'
import type { EntrySummary } from '../api/types'
import { AgencyTag } from '../frame/AgencyTag'
import { dayOf } from '../moments'
import { openWords } from '../words'
import css from './EntryRow.module.css'
import { SharingTag } from './SharingTag'

export function EntryRow({ entry }: { entry: EntrySummary }) {
  return (
    <li className={css.row} data-testid="entry-row">
      <div className={css.head}>
        <Link className={css.name} to="/catalog/$entryId" params={{ entryId: entry.id }}>{entry.name}</Link>
        <SharingTag sharing={entry.sharing} />
      </div>
      <p className={css.summary}>{entry.summary}</p>
      <p className={css.facts}>
        <AgencyTag agency={entry.agency} max={18} />
        <span>{entry.itemCount} 个数据项</span>
        <span>{entry.level}</span>
        <span>{openWords[entry.open]}</span>
        <span>更新于 {dayOf(entry.updatedAt)}</span>
        <code>{entry.code}</code>
      </p>
    </li>
  )
}

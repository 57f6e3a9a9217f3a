import { Link } from '@tanstack/react-router'
import type { Grant } from '../api/types'
import { AgencyTag } from '../frame/AgencyTag'
import type { Column } from '../table/DataTable'
import { distinct } from './conditions'
import css from './Grant.module.css'
import { GrantBasis } from './GrantBasis'
import { GrantStatus } from './GrantStatus'
import { GrantTerm } from './GrantTerm'

export const grantColumns: Column<Grant>[] = [
  {
    title: '数据',
    cell: (g) => (
      <>
        <Link className={css.title} to="/catalog/$entryId" params={{ entryId: g.entry.id }}>{g.entry.name}</Link>
        <div className={css.under}>{g.items.map((i) => i.name).join('、')}</div>
        <div className={css.under}>{g.provider.name} 提供</div>
      </>
    ),
  },
  {
    title: '使用机构和系统',
    width: '17%',
    cell: (g) => <><AgencyTag agency={g.agency} max={12} /><div className={css.under}>{g.system}</div></>,
  },
  { title: '授予依据', width: '17%', cell: (g) => <GrantBasis grant={g} /> },
  {
    title: '条件',
    width: '20%',
    cell: (g) => g.conditions.length
      ? <ul>{distinct(g.conditions).map((c) => <li key={c.kind + c.text}>{c.text}</li>)}</ul>
      : <span className={css.under}>无</span>,
  },
  { title: '期限', width: '11%', cell: (g) => <GrantTerm grant={g} /> },
  { title: '状态', width: '8%', cell: (g) => <GrantStatus status={g.status} /> },
]

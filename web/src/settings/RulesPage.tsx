import { useQuery } from '@tanstack/react-query'
import { Tag } from 'antd'
import { rulePacksQuery } from '../api/officeQueries'
import type { RulePack, RuleTerm } from '../api/contract'
import type { Clock } from '../api/types'
import { amount } from '../clock/signal'
import { dayOf } from '../moments'
import { EmptyState } from '../state/EmptyState'
import { ErrorState } from '../state/ErrorState'
import { PageSkeleton } from '../state/PageSkeleton'
import { type Column, DataTable } from '../table/DataTable'
import { Section } from './Section'
import css from './Settings.module.css'

const columns: Column<RuleTerm>[] = [
  { title: '期限', cell: (t) => <strong>{t.title}</strong> },
  { title: '时长', width: '16%', cell: (t) => amount(t.value, t.unit as Clock['unit']) },
  { title: '性质', width: '14%', cell: (t) => <Tag>{t.basisKind}</Tag> },
  { title: '来源', width: '40%', cell: (t) => t.source },
]

/** The dated terms and their sources; a case keeps the pack it began under. */
export function RulesPage() {
  const { data, error, refetch } = useQuery(rulePacksQuery)
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  if (data.items.length === 0) return <EmptyState title="没有规则包">规则包随系统安装。</EmptyState>
  return <div>{data.items.map((p, i) => <Pack key={p.version} pack={p} current={i === 0} />)}</div>
}

function Pack({ pack, current }: { pack: RulePack; current: boolean }) {
  return (
    <Section title={`规则包 ${pack.version}`} note={<>{dayOf(pack.from)} 起施行{current && '，新事项适用'}。来源：{pack.source}。法定的期限逾期即为违法；参照和本区设定的到期提醒并通报。</>}>
      <DataTable
        label={`规则包 ${pack.version} 的期限`} columns={columns} rows={pack.terms} rowKey={(t) => t.code}
        empty={<EmptyState title="没有期限" />}
        card={(t) => <div className={css.card}><p className={css.top}><strong>{t.title}</strong><Tag>{t.basisKind}</Tag></p><p>{amount(t.value, t.unit as Clock['unit'])}</p><p className={css.soft}>{t.source}</p></div>}
      />
    </Section>
  )
}

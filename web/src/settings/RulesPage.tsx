import { useQuery } from '@tanstack/react-query'
import { Segmented, Tag } from 'antd'
import { useState } from 'react'
import { rulePackQuery, rulePacksQuery } from '../api/officeQueries'
import type { RuleItem, RuleTerm } from '../api/contract'
import type { Clock } from '../api/types'
import { amount } from '../clock/signal'
import { dayOf } from '../moments'
import { EmptyState } from '../state/EmptyState'
import { ErrorState } from '../state/ErrorState'
import { PageSkeleton } from '../state/PageSkeleton'
import { type Column, DataTable } from '../table/DataTable'
import { Section } from './Section'
import css from './Settings.module.css'

const scopes: Record<string, string> = { government: '政府部门', other: '其他机构' }
const from = (r: { source: string; citation: { title: string } | null }) => r.citation?.title ?? r.source
const term = (t: RuleTerm) => <><strong>{t.title}</strong>{t.scope && <span className={css.soft}>　{scopes[t.scope] ?? t.scope}</span>}</>
const termColumns: Column<RuleTerm>[] = [
  { title: '期限', cell: term },
  { title: '时长', width: '15%', cell: (t) => amount(t.value, t.unit as Clock['unit']) },
  { title: '性质', width: '12%', cell: (t) => <Tag>{t.basisKind}</Tag> },
  { title: '来源', width: '34%', cell: (t) => <>{from(t)}{t.note && <div className={css.soft}>{t.note}</div>}</> },
  { title: '施行', width: '12%', cell: (t) => dayOf(t.inForceFrom) },
]
const itemColumns: Column<RuleItem>[] = [
  { title: '规则', cell: (i) => <strong>{i.title}</strong> },
  { title: '性质', width: '12%', cell: (i) => <Tag>{i.basisKind}</Tag> },
  { title: '来源', width: '34%', cell: from },
  { title: '施行', width: '12%', cell: (i) => dayOf(i.inForceFrom) },
]

/** The dated terms and their sources; a case keeps the pack it began under. */
export function RulesPage() {
  const { data, error, refetch } = useQuery(rulePacksQuery)
  const [chosen, setChosen] = useState<string>()
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  const version = chosen ?? (data.items.find((p) => p.newest) ?? data.items[0])?.version
  if (!version) return <EmptyState title="没有规则包">规则包随系统安装。</EmptyState>
  const head = data.items.find((p) => p.version === version)
  return (
    <Section
      title="规则包"
      note="期限、事由等规则都是有施行日期的数据，各有来源。事项适用受理时的规则包；改用须由负责人决定并记录。法定的期限逾期即为违法；参照和本区设定的到期提醒并通报。"
    >
      <Segmented
        value={version} aria-label="规则包版本" onChange={setChosen}
        options={data.items.map((p) => ({ value: p.version, label: p.newest ? `${p.version}（现行）` : p.version }))}
      />
      {head && <p>{dayOf(head.adoptedOn)} 发布　{head.note}</p>}
      <Pack version={version} />
    </Section>
  )
}

function Pack({ version }: { version: string }) {
  const { data: pack, error, refetch } = useQuery(rulePackQuery(version))
  if (error && !pack) return <ErrorState error={error} retry={() => void refetch()} />
  return (
    <>
      <DataTable
        label={`规则包 ${version} 的期限`} columns={termColumns} rows={pack?.terms} rowKey={(t) => t.code + t.scope + t.inForceFrom}
        empty={<EmptyState title="这个规则包没有期限" />}
        card={(t) => (
          <div className={css.card}>
            <p className={css.top}><span>{term(t)}</span><Tag>{t.basisKind}</Tag></p>
            <p>{amount(t.value, t.unit as Clock['unit'])}，{dayOf(t.inForceFrom)} 起施行</p>
            <p className={css.soft}>{from(t)}{t.note && `；${t.note}`}</p>
          </div>
        )}
      />
      {pack && pack.items.length > 0 && (
        <DataTable
          label="其他规则" columns={itemColumns} rows={pack.items} rowKey={(i) => i.kind + i.code + i.inForceFrom} empty={null}
          card={(i) => <div className={css.card}><p className={css.top}><strong>{i.title}</strong><Tag>{i.basisKind}</Tag></p><p className={css.soft}>{from(i)}</p></div>}
        />
      )}
    </>
  )
}

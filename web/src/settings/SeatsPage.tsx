import { ExclamationCircleFilled } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { seatsQuery } from '../api/officeQueries'
import type { Seat } from '../api/contract'
import { may } from '../session/permissions'
import { useMe } from '../session/useMe'
import { EmptyState } from '../state/EmptyState'
import { ErrorState } from '../state/ErrorState'
import { type Column, DataTable } from '../table/DataTable'
import { roleWords, seatModeNotes, seatModeWords, word } from '../words'
import { SeatDrawer } from './SeatDrawer'
import { Section } from './Section'
import css from './Settings.module.css'

/** Who holds each seat of the own agency, and how they sign. */
export function SeatsPage() {
  const me = useMe()
  const { data, error, refetch } = useQuery(seatsQuery)
  const [setting, setSetting] = useState<Seat>()
  const change = may(me, 'seat:set')
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />
  const people = (s: Seat) => s.accounts.length > 0
    ? s.accounts.map((a) => a.name).join('、')
    : s.holders.length > 0 ? `${s.holders.map((a) => a.name).join('、')}（担任该岗位的全部人员）`
      : <span className={css.fault}><ExclamationCircleFilled aria-hidden="true" /> 岗位空缺，无人可办</span>
  const button = (s: Seat) => change ? <Button size="small" onClick={() => setSetting(s)} data-testid={`seat-${s.step}`}>设置</Button> : '—'
  const columns: Column<Seat>[] = [
    { title: '环节', width: '22%', cell: (s) => <><strong>{s.title}</strong><div className={css.soft}>{word(roleWords, s.role)}</div></> },
    { title: '办理人', cell: people },
    { title: '签署方式', width: '22%', cell: (s) => <>{seatModeWords[s.mode]}<div className={css.soft}>{seatModeNotes[s.mode]}</div></> },
    { title: '上级', width: '14%', cell: (s) => s.superior?.name ?? '未指定' },
    { title: '办理', width: '9%', cell: button },
  ]
  return (
    <Section title={`岗位设置（${me.agency.name}）`} note="新的任务按设置时的岗位确定办理人，已经确定的不随之改变。岗位空缺时提醒并上报，不会自动通过。">
      <DataTable
        label="岗位" columns={columns} rows={data?.items} rowKey={(s) => s.step}
        empty={<EmptyState title="本机构没有岗位">本机构不参与办理的，这里没有岗位。</EmptyState>}
        card={(s) => (
          <div className={css.card}>
            <strong>{s.title}</strong>
            <p>{people(s)}</p>
            <p className={css.soft}>{seatModeWords[s.mode]}：{seatModeNotes[s.mode]} · 上级 {s.superior?.name ?? '未指定'}</p>
            {button(s)}
          </div>
        )}
      />
      {setting && <SeatDrawer seat={setting} close={() => setSetting(undefined)} />}
    </Section>
  )
}

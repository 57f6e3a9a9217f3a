import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { Proxy } from '../api/contract'
import { dayOf } from '../moments'
import { type Column, DataTable } from '../table/DataTable'
import { proxyWords } from '../words'
import css from './Settings.module.css'

interface Props { label: string; proxies: Proxy[] | undefined; revoke?: (p: Proxy) => void; empty: ReactNode }

export function ProxyTable({ label, proxies, revoke, empty }: Props) {
  const status = (p: Proxy) => <span className={css.status} data-status={p.status}>{proxyWords[p.status]}</span>
  const button = (p: Proxy) => revoke && (p.status === 'planned' || p.status === 'active')
    ? <Button size="small" danger onClick={() => revoke(p)} data-testid="revoke">撤销</Button> : null
  const columns: Column<Proxy>[] = [
    { title: revoke ? '代理人' : '被代理人', width: '20%', cell: (p) => <strong>{(revoke ? p.proxy : p.principal).name}</strong> },
    { title: '期间', width: '26%', cell: (p) => `${dayOf(p.from)} 至 ${dayOf(p.until)}` },
    { title: '事由', cell: (p) => p.reason },
    { title: '状态', width: '12%', cell: status },
    ...(revoke ? [{ title: '办理', width: '12%', cell: button }] : []),
  ]
  return (
    <DataTable
      label={label} columns={columns} rows={proxies} rowKey={(p) => p.id} empty={empty}
      card={(p) => (
        <div className={css.card}>
          <p className={css.top}><strong>{(revoke ? p.proxy : p.principal).name}</strong>{status(p)}</p>
          <p className={css.soft}>{dayOf(p.from)} 至 {dayOf(p.until)}</p>
          <p>{p.reason}</p>
          {button(p)}
        </div>
      )}
    />
  )
}

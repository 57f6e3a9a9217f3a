import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { App, Button, Segmented } from 'antd'
import { office } from '../api/office'
import { deliveriesQuery } from '../api/officeQueries'
import type { Delivery } from '../api/contract'
import { minuteOf } from '../moments'
import { EmptyState } from '../state/EmptyState'
import { ErrorState } from '../state/ErrorState'
import { type Column, DataTable } from '../table/DataTable'
import { More } from '../table/More'
import { channelWords, deliveryWords, word } from '../words'
import { Section } from './Section'
import css from './Settings.module.css'

const route = getRouteApi('/framed/settings/deliveries')
const channel = (d: Delivery) => word({ ...channelWords, webhook: '推送接口' }, d.channel)

/** What did not reach its address, why, and the way to try again. */
export function DeliveriesPage() {
  const { status = 'dead' } = route.useSearch()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { message } = App.useApp()
  const deliveries = useInfiniteQuery(deliveriesQuery({ status }))
  const rows = deliveries.data?.pages.flatMap((page) => page.items)
  const retrying = useMutation({
    mutationFn: office.retryDelivery,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['deliveries'] })
      void message.success('已重新排入推送')
    },
    onError: (error) => void message.error(error.message),
  })
  const again = (d: Delivery) => d.status === 'dead'
    ? <Button size="small" loading={retrying.isPending && retrying.variables === d.id} onClick={() => retrying.mutate(d.id)}>重新推送</Button> : null
  const columns: Column<Delivery>[] = [
    { title: '事项', cell: (d) => <>{d.title}<div className={css.soft}>{channel(d)} · {d.target}</div></> },
    { title: '状态', width: '13%', cell: (d) => <span className={css.status} data-status={d.status}>{deliveryWords[d.status]}</span> },
    { title: '次数', width: '8%', cell: (d) => d.attempts },
    { title: '原因', width: '28%', cell: (d) => d.lastError || '—' },
    { title: '下次推送', width: '14%', cell: (d) => (d.nextAt ? minuteOf(d.nextAt) : '—') },
    { title: '办理', width: '11%', cell: again },
  ]
  return (
    <Section title="推送记录" note="推送失败的会自动重试，多次不成的列为失败，由系统管理人员查明后重新推送。站内通知不受影响。">
      <Segmented
        value={status} aria-label="状态" onChange={(s: Delivery['status']) => void navigate({ to: '/settings/deliveries', search: { status: s }, replace: true })}
        options={(Object.keys(deliveryWords) as Delivery['status'][]).map((value) => ({ value, label: deliveryWords[value] }))}
      />
      {deliveries.isError ? <ErrorState error={deliveries.error} retry={() => void deliveries.refetch()} /> : (
        <DataTable
          label="推送记录" columns={columns} rows={rows} rowKey={(d) => d.id}
          empty={<EmptyState title={status === 'dead' ? '没有失败的推送' : '没有这种推送'}>失败的推送会列在这里，等您处理。</EmptyState>}
          card={(d) => (
            <div className={css.card}>
              <p className={css.top}><strong>{d.title}</strong><span className={css.status} data-status={d.status}>{deliveryWords[d.status]}</span></p>
              <p className={css.soft}>{channel(d)} · {d.target} · 第 {d.attempts} 次</p>
              {d.lastError && <p>{d.lastError}</p>}
              {again(d)}
            </div>
          )}
        />
      )}
      <More has={deliveries.hasNextPage} loading={deliveries.isFetchingNextPage} load={() => void deliveries.fetchNextPage()} shown={rows?.length ?? 0} />
    </Section>
  )
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input, Popconfirm, Typography } from 'antd'
import { office } from '../api/office'
import { webhooksQuery } from '../api/officeQueries'
import type { Webhook } from '../api/contract'
import { ManySelect } from '../frame/ManySelect'
import { EmptyState } from '../state/EmptyState'
import { ErrorState } from '../state/ErrorState'
import { ProblemNote } from '../state/ProblemNote'
import { type Column, DataTable } from '../table/DataTable'
import { noticeWords, word } from '../words'
import { Section } from './Section'
import css from './Settings.module.css'

/** Addresses of other systems that are told of events, signed (Standard Webhooks). */
export function WebhooksPage() {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { data, error, refetch } = useQuery(webhooksQuery)
  const disabling = useMutation({
    mutationFn: office.disableWebhook,
    onSuccess: () => void client.invalidateQueries({ queryKey: ['webhooks'] }),
    onError: (e) => void message.error(e.message),
  })
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />
  const told = (w: Webhook) => w.events.map((e) => word(noticeWords, e)).join('、')
  const state = (w: Webhook) => <span className={css.status} data-status={w.disabledAt ? '' : 'active'}>{w.disabledAt ? '已停用' : '使用中'}</span>
  const off = (w: Webhook) => w.disabledAt ? null : (
    <Popconfirm title="停用后不再向这个地址推送，确定停用？" okText="停用" cancelText="不停用" onConfirm={() => disabling.mutate(w.id)}>
      <Button size="small" danger>停用</Button>
    </Popconfirm>
  )
  const columns: Column<Webhook>[] = [
    { title: '地址', cell: (w) => <code>{w.url}</code> },
    { title: '事件', width: '30%', cell: told },
    { title: '状态', width: '11%', cell: state },
    { title: '办理', width: '10%', cell: off },
  ]
  return (
    <Section title="推送接口" note="向外部系统推送事件，按 Standard Webhooks 签名；只写编号和事件名称，不写材料内容。">
      <WebhookForm />
      <DataTable
        label="推送接口" columns={columns} rows={data?.items} rowKey={(w) => w.id}
        empty={<EmptyState title="没有推送接口">在上面登记接收地址。</EmptyState>}
        card={(w) => <div className={css.card}><p className={css.top}><code>{w.url}</code>{state(w)}</p><p className={css.soft}>{told(w)}</p>{off(w)}</div>}
      />
    </Section>
  )
}

function WebhookForm() {
  const [form] = Form.useForm<{ url: string; events?: string[] }>()
  const client = useQueryClient()
  const adding = useMutation({
    mutationFn: (f: { url: string; events?: string[] }) => office.addWebhook({ url: f.url.trim(), events: f.events ?? [] }),
    onSuccess: () => {
      form.resetFields()
      void client.invalidateQueries({ queryKey: ['webhooks'] })
    },
  })
  return (
    <div>
      <Form form={form} className={css.line} onFinish={(f) => adding.mutate(f)} aria-label="登记推送接口">
        <Form.Item name="url" className={css.grow} rules={[{ required: true, type: 'url', message: '请填写完整的地址' }]}>
          <Input maxLength={500} placeholder="https://" aria-label="接收地址" inputMode="url" />
        </Form.Item>
        <Form.Item name="events" className={css.grow} rules={[{ required: true, message: '请选择推送的事件' }]}>
          <ManySelect placeholder="推送的事件" aria-label="推送的事件" options={Object.entries(noticeWords).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={adding.isPending}>登记</Button>
      </Form>
      <ProblemNote error={adding.error} />
      {adding.data?.secret && (
        <Alert
          type="warning" showIcon title="签名密钥只显示这一次，请立即交给接收方保存"
          description={<Typography.Text code copyable={{ tooltips: ['复制', '已复制'] }}>{adding.data.secret}</Typography.Text>}
        />
      )}
    </div>
  )
}

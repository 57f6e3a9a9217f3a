import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Popconfirm, Select } from 'antd'
import { office } from '../api/office'
import { phrasesQuery } from '../api/officeQueries'
import type { Phrase } from '../api/contract'
import { EmptyState } from '../state/EmptyState'
import { ErrorState } from '../state/ErrorState'
import { ProblemNote } from '../state/ProblemNote'
import { type Column, DataTable } from '../table/DataTable'
import { stepWords, word } from '../words'
import { Section } from './Section'
import css from './Settings.module.css'

const scopes: Record<Phrase['scope'], string> = { own: '本人', agency: '本机构' }

export function PhrasesPage() {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { data, error, refetch } = useQuery(phrasesQuery)
  const dropping = useMutation({
    mutationFn: office.dropPhrase,
    onSuccess: () => void client.invalidateQueries({ queryKey: ['phrases'] }),
    onError: (e) => void message.error(e.message),
  })
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />
  const drop = (p: Phrase) => (
    <Popconfirm title="删去这条常用语？" okText="删去" cancelText="不删" onConfirm={() => dropping.mutate(p.id)}>
      <Button size="small" danger>删去</Button>
    </Popconfirm>
  )
  const where = (p: Phrase) => (p.step ? word(stepWords, p.step) : '全部环节')
  const columns: Column<Phrase>[] = [
    { title: '内容', cell: (p) => p.text },
    { title: '环节', width: '22%', cell: where },
    { title: '范围', width: '12%', cell: (p) => scopes[p.scope] },
    { title: '办理', width: '10%', cell: drop },
  ]
  return (
    <Section title="常用语" note="在写理由、意见的地方点“常用语”插入，插入后仍可修改。">
      <PhraseForm />
      <DataTable
        label="常用语" columns={columns} rows={data?.items} rowKey={(p) => p.id}
        empty={<EmptyState title="还没有常用语">在上面写下第一条。</EmptyState>}
        card={(p) => <div className={css.card}><p>{p.text}</p><p className={css.soft}>{where(p)} · {scopes[p.scope]}</p>{drop(p)}</div>}
      />
    </Section>
  )
}

function PhraseForm() {
  const [form] = Form.useForm<Omit<Phrase, 'id'>>()
  const client = useQueryClient()
  const adding = useMutation({
    mutationFn: (f: Omit<Phrase, 'id'>) => office.addPhrase({ text: f.text.trim(), step: f.step ?? '', scope: f.scope }),
    onSuccess: () => {
      form.resetFields()
      void client.invalidateQueries({ queryKey: ['phrases'] })
    },
  })
  return (
    <Form form={form} className={css.line} initialValues={{ scope: 'own' }} onFinish={(f) => adding.mutate(f)} aria-label="添加常用语">
      <Form.Item name="text" className={css.grow} rules={[{ required: true, whitespace: true, message: '请写明内容' }]}>
        <Input maxLength={200} placeholder="例如：确属履行职责所需，同意报送。" aria-label="常用语内容" />
      </Form.Item>
      <Form.Item name="step">
        <Select allowClear placeholder="全部环节" aria-label="适用环节" popupMatchSelectWidth={false} options={Object.entries(stepWords).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="scope">
        <Select aria-label="范围" options={Object.entries(scopes).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={adding.isPending}>添加</Button>
      <ProblemNote error={adding.error} />
    </Form>
  )
}

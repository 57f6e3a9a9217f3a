import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { DatePicker, Form, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useId } from 'react'
import { office } from '../api/office'
import { proxyCandidatesQuery } from '../api/officeQueries'
import { PhraseArea } from '../desk/PhraseArea'
import { useDistrict } from '../session/useMe'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import { ActDrawer } from './ActDrawer'

interface Fields { proxyId: string; period: [Dayjs, Dayjs]; reason: string }

export function ProxyDrawer({ close }: { close: () => void }) {
  const id = useId()
  const [form] = Form.useForm<Fields>()
  const { today } = useDistrict()
  const client = useQueryClient()
  const candidates = useQuery(proxyCandidatesQuery)
  const naming = useMutation({
    mutationFn: ({ proxyId, period, reason }: Fields) => {
      const body = { proxyId, from: period[0].format('YYYY-MM-DD'), until: period[1].format('YYYY-MM-DD'), reason: reason.trim() }
      return office.nameProxy(body)
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['proxies'] })
      close()
    },
  })
  const shown = usePointedFaults(form, naming.error, { from: 'period', until: 'period' })
  return (
    <ActDrawer
      title="指定代理人" form={id} button="指定" pending={naming.isPending} close={close}
      next="从开始日起，代理人可以以您的名义办理您的待办，双方姓名都会记录；截止日过后自动结束。期限不因代理而改变。"
    >
      <Form form={form} id={id} layout="vertical" requiredMark={false} onFinish={(f) => naming.mutate(f)} scrollToFirstError={{ focus: true }}>
        <Form.Item name="proxyId" label="代理人" rules={[{ required: true, message: '请选择代理人' }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }} loading={candidates.isPending} placeholder="按姓名查找" data-testid="proxy-candidates"
            options={candidates.data?.items.map((c) => ({ value: c.id, label: `${c.name}（${c.agency.name}）` }))}
            notFoundContent={candidates.isError ? candidates.error.message : '没有可以代理您的人'}
          />
        </Form.Item>
        <Form.Item name="period" label="代理期间" rules={[{ required: true, message: '请选择代理期间' }]}>
          <DatePicker.RangePicker minDate={dayjs(today)} format="YYYY-MM-DD" />
        </Form.Item>
        <Form.Item name="reason" label="事由" rules={[{ required: true, whitespace: true, message: '请写明事由' }]}>
          <PhraseArea maxLength={200} />
        </Form.Item>
        <ProblemNote error={naming.error} shown={shown} />
      </Form>
    </ActDrawer>
  )
}

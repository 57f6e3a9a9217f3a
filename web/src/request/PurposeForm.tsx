import { Button, DatePicker, Form, Input, Radio, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { Mode, Scenario } from '../api/types'
import { useDistrict } from '../session/useMe'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import { modeWords } from '../words'
import type { Draft } from './draft'
import { WizardFoot } from './WizardFoot'

interface Props {
  draft: Draft
  scenarios: Scenario[]
  error: Error | null
  back: (draft: Draft) => void
  next: (draft: Draft) => void
}
interface Fields extends Omit<Draft, 'itemIds' | 'until'> { until: Dayjs | null }

const modes = (Object.keys(modeWords) as Mode[]).map((value) => ({ value, label: modeWords[value] }))

/** What for, on what duty, in which system, until when, and how. Articles 24 and 25(2). */
export function PurposeForm({ draft, scenarios, error, back, next }: Props) {
  const [form] = Form.useForm<Fields>()
  const shown = usePointedFaults(form, error)
  const { today } = useDistrict()
  const mode = Form.useWatch('mode', form) ?? draft.mode
  const offered = scenarios.filter((s) => s.itemIds.some((id) => draft.itemIds.includes(id)))
  const read = (f: Fields): Draft => ({
    ...draft, ...f, itemIds: draft.itemIds, until: f.until?.format('YYYY-MM-DD') ?? '',
  })
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark="optional"
      initialValues={{ ...draft, until: draft.until ? dayjs(draft.until) : null }}
      onFinish={(f) => next(read(f))}
      scrollToFirstError={{ focus: true }}
    >
      <Form.Item name="purpose" label="使用用途" rules={[{ required: true, whitespace: true, message: '请写明使用用途' }]}
        extra="写明用于哪项工作、怎样使用。获得的数据只能用于本单位履职需要（第二十五条）。">
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} showCount />
      </Form.Item>
      <Form.Item name="basis" label="履职依据" rules={[{ required: true, whitespace: true, message: '请写明履职依据' }]}
        extra="写明法定职责所依据的法律、法规、规章或者三定规定及条款。">
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
      </Form.Item>
      <Form.Item name="system" label="使用系统" rules={[{ required: true, whitespace: true, message: '请写明使用数据的信息系统' }]}>
        <Input maxLength={100} placeholder="例如：婚姻登记管理系统" />
      </Form.Item>
      <Form.Item name="until" label="使用期限至" rules={[{ required: true, message: '请选择使用期限' }]}>
        <DatePicker minDate={dayjs(today)} format="YYYY-MM-DD" placeholder="YYYY-MM-DD" inputReadOnly={false} />
      </Form.Item>
      {offered.length > 0 && (
        <Form.Item name="scenarioId" label="应用场景" extra="符合已明确的应用场景的，可以直接获取共享服务（第二十七条）。">
          <Select
            allowClear
            placeholder="不按应用场景申请"
            options={offered.map((s) => ({
              value: s.id,
              label: s.eligible ? `${s.name}（第${s.version}版）` : `${s.name}（本机构不在场景范围内）`,
              disabled: !s.eligible,
            }))}
          />
        </Form.Item>
      )}
      <Form.Item name="mode" label="调用方式" rules={[{ required: true }]}
        extra={mode === 'request_response' ? '应当采用请求响应的调用方式（第二十四条）。' : '采用数据拷贝或者其他调用方式的，应当征得区信息委和公共数据提供者的同意（第二十四条）。'}>
        <Radio.Group options={modes} />
      </Form.Item>
      <ProblemNote error={error} shown={shown} />
      <WizardFoot>
        <Button onClick={() => back(read(form.getFieldsValue()))}>上一步</Button>
        <Button type="primary" htmlType="submit">查看办理路径</Button>
      </WizardFoot>
    </Form>
  )
}

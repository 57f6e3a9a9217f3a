import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Radio } from 'antd'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import type { DecisionFormProps } from './decision'
import css from './FormCheckForm.module.css'
import { RequestSummary } from './RequestSummary'
import ways from './TwoWayForm.module.css'

interface Fields { outcome?: 'complete' | 'supplement'; missing?: string[] }

/** Are the papers complete? What is missing is told once and whole. */
export function FormCheckForm({ id, kase, error, send }: DecisionFormProps) {
  const [form] = Form.useForm<Fields>()
  const shown = usePointedFaults(form, error)
  const outcome = Form.useWatch('outcome', form)
  return (
    <Form
      form={form}
      id={id}
      layout="vertical"
      requiredMark={false}
      onFinish={(f) => send(f.outcome === 'supplement'
        ? { outcome: f.outcome, missing: (f.missing ?? []).map((m) => m.trim()) }
        : { outcome: f.outcome })}
      scrollToFirstError={{ focus: true }}
    >
      <RequestSummary kase={kase} />
      <Form.Item name="outcome" label="审查结论" rules={[{ required: true, message: '请选择审查结论' }]}>
        <Radio.Group className={ways.ways}>
          <Radio value="complete" className={ways.way}><strong>材料齐全</strong><span>转会同审核</span></Radio>
          <Radio value="supplement" className={ways.way}><strong>需要补正</strong><span>一次性告知全部应补正的内容</span></Radio>
        </Radio.Group>
      </Form.Item>
      {outcome === 'supplement' && (
        <Form.List name="missing" initialValue={['']}>
          {(fields, { add, remove }) => (
            <div className={css.list}>
              {fields.map((field, i) => (
                <div key={field.key} className={css.row}>
                  <Form.Item name={field.name} label={`应补正的内容 ${i + 1}`} rules={[{ required: true, whitespace: true, message: '请写明应补正的内容' }]}>
                    <Input maxLength={200} />
                  </Form.Item>
                  {fields.length > 1 && (
                    <Button type="text" icon={<MinusCircleOutlined />} aria-label={`删去内容 ${i + 1}`} onClick={() => remove(field.name)} />
                  )}
                </div>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => add('')}>再加一项</Button>
            </div>
          )}
        </Form.List>
      )}
      <ProblemNote error={error} shown={shown} />
    </Form>
  )
}

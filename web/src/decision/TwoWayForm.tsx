import { Form, Radio } from 'antd'
import type { ReactNode } from 'react'
import { PhraseArea } from '../desk/PhraseArea'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import css from './TwoWayForm.module.css'

export interface Way { value: string; label: string; note: string; reason?: string } // reason: the label of a reason it must have

interface Props {
  id: string
  label: string
  ways: Way[]
  error: Error | null
  children?: ReactNode
  send: (body: { outcome: string; reason?: string }) => void
}

/** A decision between two ways, one of which has to say why. */
export function TwoWayForm({ id, label, ways, error, children, send }: Props) {
  const [form] = Form.useForm<{ outcome?: string; reason?: string }>()
  const shown = usePointedFaults(form, error)
  const outcome = Form.useWatch('outcome', form)
  const way = ways.find((w) => w.value === outcome)
  return (
    <Form
      form={form}
      id={id}
      layout="vertical"
      requiredMark={false}
      onFinish={(f) => send({ outcome: f.outcome ?? '', ...(way?.reason ? { reason: f.reason?.trim() } : {}) })}
      scrollToFirstError={{ focus: true }}
    >
      {children}
      <Form.Item name="outcome" label={label} rules={[{ required: true, message: `请选择${label}` }]}>
        <Radio.Group className={css.ways}>
          {ways.map((w) => (
            <Radio key={w.value} value={w.value} className={css.way}>
              <strong>{w.label}</strong>
              <span>{w.note}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      {way?.reason && (
        <Form.Item name="reason" label={way.reason} rules={[{ required: true, whitespace: true, message: `请写明${way.reason}` }]}>
          <PhraseArea />
        </Form.Item>
      )}
      <ProblemNote error={error} shown={shown} />
    </Form>
  )
}

import { Form } from 'antd'
import type { ReactNode } from 'react'
import { PhraseArea } from '../desk/PhraseArea'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'

interface Props {
  id: string
  label: string
  required: boolean
  error: Error | null
  children?: ReactNode
  send: (body: { reason?: string }) => void
}

/** A decision that only says why. */
export function ReasonForm({ id, label, required, error, children, send }: Props) {
  const [form] = Form.useForm<{ reason?: string }>()
  const shown = usePointedFaults(form, error)
  return (
    <Form
      form={form}
      id={id}
      layout="vertical"
      requiredMark="optional"
      onFinish={(f) => send(f.reason?.trim() ? { reason: f.reason.trim() } : {})}
    >
      {children}
      <Form.Item name="reason" label={label} rules={required ? [{ required, whitespace: true, message: `请写明${label}` }] : []}>
        <PhraseArea />
      </Form.Item>
      <ProblemNote error={error} shown={shown} />
    </Form>
  )
}

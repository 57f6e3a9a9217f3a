import { Form, Select } from 'antd'
import { PhraseArea } from '../desk/PhraseArea'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import type { DecisionFormProps } from './decision'
import css from './Note.module.css'

interface Fields { accountId?: string; reason?: string }

/** Takes an added signer off again, as long as he has not acted. */
export function RemoveSignerForm({ id, kase, verb, error, send }: DecisionFormProps) {
  const [form] = Form.useForm<Fields>()
  const shown = usePointedFaults(form, error)
  const task = kase.waiting?.find((w) => w.taskId === verb.taskId)
  const open = task?.assignees.filter((a) => a.added && a.state === 'waiting') ?? []
  return (
    <Form
      form={form} id={id} layout="vertical" requiredMark={false} scrollToFirstError={{ focus: true }}
      onFinish={(f) => send({ accountId: f.accountId, reason: f.reason?.trim() })}
    >
      <p className={css.note}>只能减去加签的、尚未办理的人；原办理人不能减签。</p>
      <Form.Item name="accountId" label="减去的人" rules={[{ required: true, message: '请选择减去的人' }]}>
        <Select placeholder="尚未办理的人" data-testid="signers" options={open.map((a) => ({ value: a.id, label: a.name }))} notFoundContent="没有可以减签的人" />
      </Form.Item>
      <Form.Item name="reason" label="减签理由" rules={[{ required: true, whitespace: true, message: '请写明减签理由' }]}>
        <PhraseArea />
      </Form.Item>
      <ProblemNote error={error} shown={shown} />
    </Form>
  )
}

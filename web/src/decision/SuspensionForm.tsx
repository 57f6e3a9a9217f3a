import { Form, Radio } from 'antd'
import { PhraseArea } from '../desk/PhraseArea'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import type { DecisionFormProps } from './decision'
import css from './Note.module.css'
import ways from './TwoWayForm.module.css'

interface Fields { reasonCode?: string; note?: string }

/** Stops the legal clock for a reason the law lists, and only for one of these. */
export function SuspendForm({ id, kase, error, send }: DecisionFormProps) {
  const [form] = Form.useForm<Fields>()
  const shown = usePointedFaults(form, error)
  const reasons = kase.pack?.suspensions ?? []
  return (
    <Form
      form={form} id={id} layout="vertical" requiredMark={false} scrollToFirstError={{ focus: true }}
      onFinish={(f) => send({ outcome: 'suspend', reasonCode: f.reasonCode, note: f.note?.trim() ?? '' })}
    >
      <p className={css.note}>只有规则包所列的情形可以中止。中止的每一天都列在期限的算法里；事由消除后应当及时恢复。</p>
      <Form.Item name="reasonCode" label="中止事由" rules={[{ required: true, message: '请选择中止事由' }]}>
        <Radio.Group className={ways.ways}>
          {reasons.map((r) => (
            <Radio key={r.code} value={r.code} className={ways.way}>
              <strong>{r.title}</strong><span>{r.article}（{r.basisKind}）{r.limit > 0 && `，至多 ${r.limit} 个工作日`}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item name="note" label="说明" rules={[{ required: true, whitespace: true, message: '请写明中止的具体情况' }]}>
        <PhraseArea />
      </Form.Item>
      <ProblemNote error={error} shown={shown} />
    </Form>
  )
}

export function ResumeForm({ id, kase, error, send }: DecisionFormProps) {
  const [form] = Form.useForm<Fields>()
  const shown = usePointedFaults(form, error)
  const open = kase.clocks.flatMap((c) => c.suspensions ?? []).find((s) => s.open ?? !s.to)
  return (
    <Form form={form} id={id} layout="vertical" requiredMark={false} onFinish={(f) => send({ outcome: 'resume', note: f.note?.trim() ?? '' })}>
      {open && <p className={css.note}>自 {open.from} 起因“{open.reason}”中止计算。</p>}
      <Form.Item name="note" label="事由消除的情况" rules={[{ required: true, whitespace: true, message: '请写明事由消除的情况' }]}>
        <PhraseArea />
      </Form.Item>
      <ProblemNote error={error} shown={shown} />
    </Form>
  )
}

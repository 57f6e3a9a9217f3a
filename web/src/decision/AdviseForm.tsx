import { Form, Radio } from 'antd'
import { PhraseArea } from '../desk/PhraseArea'
import { useMe } from '../session/useMe'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import type { DecisionFormProps } from './decision'
import css from './Note.module.css'
import { RequestSummary } from './RequestSummary'
import ways from './TwoWayForm.module.css'

interface Fields { consultationId?: string; advice?: string }

/** Answers who asked for advice; it stands beside the decision and decides nothing. */
export function AdviseForm({ id, kase, verb, error, send }: DecisionFormProps) {
  const [form] = Form.useForm<Fields>()
  const shown = usePointedFaults(form, error)
  const me = useMe()
  const tasks = (kase.waiting ?? []).filter((w) => !verb.taskId || w.taskId === verb.taskId)
  const open = tasks.flatMap((w) => w.consultations).filter((c) => !c.answeredAt)
  const mine = open.filter((c) => c.accountId === me.id)
  const asked = mine.length > 0 ? mine : open
  return (
    <Form
      form={form} id={id} layout="vertical" requiredMark={false} scrollToFirstError={{ focus: true }}
      initialValues={{ consultationId: asked[0]?.id }}
      onFinish={(f) => send({ consultationId: f.consultationId ?? asked[0]?.id, advice: f.advice?.trim() })}
    >
      {asked.length === 1 && <p className={css.note}>{asked[0]?.askedByName} 问：{asked[0]?.question}</p>}
      {asked.length > 1 && (
        <Form.Item name="consultationId" label="答复哪一个问题">
          <Radio.Group className={ways.ways}>
            {asked.map((c) => <Radio key={c.id} value={c.id} className={ways.way}><strong>{c.askedByName}</strong><span>{c.question}</span></Radio>)}
          </Radio.Group>
        </Form.Item>
      )}
      <RequestSummary kase={kase} />
      <Form.Item name="advice" label="您的意见" rules={[{ required: true, whitespace: true, message: '请写明您的意见' }]}>
        <PhraseArea maxLength={1000} />
      </Form.Item>
      <ProblemNote error={error} shown={shown} />
    </Form>
  )
}

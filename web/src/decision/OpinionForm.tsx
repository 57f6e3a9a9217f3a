import { Checkbox, Form, Radio } from 'antd'
import { useState } from 'react'
import { asProblem } from '../api/problem'
import type { Ground, Outcome } from '../api/types'
import { PhraseArea } from '../desk/PhraseArea'
import { complete, emptyGround } from '../ground/completeness'
import { GroundPicker } from '../ground/GroundPicker'
import { useDistrict } from '../session/useMe'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import { outcomeWords } from '../words'
import { ConditionList } from './ConditionList'
import type { DecisionFormProps } from './decision'
import { type OpinionFields, opinionBody, refusalStands } from './opinion'
import css from './OpinionForm.module.css'
import { RequestSummary } from './RequestSummary'
import ways from './TwoWayForm.module.css'

const notes: Record<Outcome, string> = {
  agree: '按申请的内容和方式提供',
  agree_with_conditions: '限定提供形式、脱敏、频次、期限等',
  refuse: '须说明理由，并附法律、法规、规章依据（第二十五条）',
}

/** An office drafts its opinion; a refusal without a ground cannot leave this form. */
export function OpinionForm({ id, kase, verb, error, send }: DecisionFormProps) {
  const [form] = Form.useForm<Omit<OpinionFields, 'grounds'>>()
  const { today } = useDistrict()
  const [tried, setTried] = useState(false)
  const [grounds, setGrounds] = useState<Ground[]>([emptyGround])
  const pointed = usePointedFaults(form, error)
  const groundFaults = (asProblem(error)?.faults ?? [])
    .filter((f) => f.path.startsWith('grounds.')).map((f) => ({ ...f, path: f.path.slice('grounds.'.length) }))
  const outcome = Form.useWatch('outcome', form)
  const reviewed = kase.parts.filter((p) => p.route === 'review')
  const every = reviewed.map((p) => p.itemId)
  const finish = (fields: Omit<OpinionFields, 'grounds'>) => {
    const whole = { ...fields, grounds, itemIds: fields.itemIds ?? every }
    setTried(true)
    if (whole.outcome === 'refuse' && !refusalStands(whole, today)) return
    send(opinionBody(whole, verb, every))
  }
  return (
    <Form
      form={form}
      id={id}
      layout="vertical"
      requiredMark={false}
      initialValues={{ itemIds: every, conditions: [{ kind: 'form', text: '' }] }}
      onFinish={finish}
      onFinishFailed={() => setTried(true)}
      scrollToFirstError={{ focus: true }}
    >
      <RequestSummary kase={kase} />
      <Form.Item name="outcome" label="意见" rules={[{ required: true, message: '请选择意见' }]}>
        <Radio.Group className={ways.ways}>
          {(Object.keys(notes) as Outcome[]).map((key) => (
            <Radio key={key} value={key} className={ways.way}>
              <strong>{outcomeWords[key]}</strong>
              <span>{notes[key]}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      {reviewed.length > 1 && (
        <Form.Item name="itemIds" label="针对的数据项" rules={[{ required: true, type: 'array', min: 1, message: '请至少选择一个数据项' }]}>
          <Checkbox.Group className={css.items} options={reviewed.map((p) => ({ value: p.itemId, label: p.name }))} />
        </Form.Item>
      )}
      {outcome === 'agree_with_conditions' && <ConditionList />}
      <Form.Item
        name="reason"
        label={outcome === 'refuse' ? '不同意的理由' : '理由'}
        rules={[{ required: true, whitespace: true, message: outcome === 'refuse' ? '不同意的，须说明理由' : '请写明理由' }]}
      >
        <PhraseArea maxLength={1000} />
      </Form.Item>
      {outcome === 'refuse' && (
        <section className={css.grounds} aria-label="法律依据">
          <h3>法律依据</h3>
          <GroundPicker value={grounds} onChange={setGrounds} today={today} show={tried} faults={groundFaults} />
          {tried && !grounds.every((g) => complete(g, today)) && (
            <p className={css.fault} role="alert">不同意的，须附完整的法律、法规、规章依据，否则不能送出</p>
          )}
        </section>
      )}
      <ProblemNote error={error} shown={[...pointed, ...groundFaults.map((f) => `grounds.${f.path}`)]} />
    </Form>
  )
}

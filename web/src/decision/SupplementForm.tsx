import { Form } from 'antd'
import { PhraseArea } from '../desk/PhraseArea'
import { useDistrict } from '../session/useMe'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import type { DecisionFormProps } from './decision'
import css from './Note.module.css'
import { RequestFields } from './RequestFields'
import { fieldsOf, type RequestFieldValues } from './requestFieldValues'

interface Fields extends RequestFieldValues { note?: string }

/** The requester supplies what the form check found missing. */
export function SupplementForm({ id, kase, error, send }: DecisionFormProps) {
  const [form] = Form.useForm<Fields>()
  const shown = usePointedFaults(form, error)
  const { today } = useDistrict()
  return (
    <Form
      form={form} id={id} layout="vertical" requiredMark={false} initialValues={fieldsOf(kase)}
      onFinish={({ note, ...f }) => send({
        ...f, until: f.until?.format('YYYY-MM-DD'), ...(note?.trim() ? { note: note.trim() } : {}),
      })}
    >
      <div className={css.note}>
        <p>需要补正：</p>
        <ol className={css.list}>{kase.supplement?.missing.map((m) => <li key={m}>{m}</li>)}</ol>
      </div>
      <RequestFields today={today} />
      <Form.Item name="note" label="补正说明">
        <PhraseArea rows={2} />
      </Form.Item>
      <ProblemNote error={error} shown={shown} />
    </Form>
  )
}

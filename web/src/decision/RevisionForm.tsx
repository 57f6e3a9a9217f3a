import { Alert, Form } from 'antd'
import { useDistrict } from '../session/useMe'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import type { DecisionFormProps } from './decision'
import { RequestFields } from './RequestFields'
import { fieldsOf, type RequestFieldValues } from './requestFieldValues'

/** The clerk mends what the head returned. */
export function RevisionForm({ id, kase, error, send }: DecisionFormProps) {
  const [form] = Form.useForm<RequestFieldValues>()
  const shown = usePointedFaults(form, error)
  const { today } = useDistrict()
  return (
    <Form
      form={form} id={id} layout="vertical" requiredMark={false} initialValues={fieldsOf(kase)}
      onFinish={(f) => send({ ...f, until: f.until?.format('YYYY-MM-DD') })}
    >
      {kase.signOff.reason && (
        <Form.Item><Alert type="warning" showIcon title="退回原因" description={kase.signOff.reason} /></Form.Item>
      )}
      <RequestFields today={today} />
      <ProblemNote error={error} shown={shown} />
    </Form>
  )
}

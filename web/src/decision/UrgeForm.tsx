import { Form } from 'antd'
import { Assignees } from '../desk/Assignees'
import { PhraseArea } from '../desk/PhraseArea'
import { minuteOf } from '../moments'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import type { DecisionFormProps } from './decision'
import css from './Note.module.css'

/** Reminds whom the task waits on; every reminder is on record. */
export function UrgeForm({ id, kase, verb, error, send }: DecisionFormProps) {
  const [form] = Form.useForm<{ message?: string }>()
  const shown = usePointedFaults(form, error)
  const task = kase.waiting?.find((w) => w.taskId === verb.taskId)
  return (
    <Form form={form} id={id} layout="vertical" requiredMark={false} onFinish={(f) => send({ message: f.message?.trim() ?? '' })}>
      {task && (
        <div className={css.note}>
          <p>{task.title} · {task.agency.name}</p>
          <Assignees mode={task.mode} assignees={task.assignees} vacant={task.vacant} />
          {task.urgedAt && <p>{minuteOf(task.urgedAt)} 已催办过</p>}
        </div>
      )}
      <Form.Item name="message" label="催办的话（可不填）">
        <PhraseArea maxLength={500} />
      </Form.Item>
      <ProblemNote error={error} shown={shown} />
    </Form>
  )
}

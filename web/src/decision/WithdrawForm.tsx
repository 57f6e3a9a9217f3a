import css from './Note.module.css'
import type { DecisionFormProps } from './decision'
import { ReasonForm } from './ReasonForm'

export function WithdrawForm({ id, error, send }: DecisionFormProps) {
  return (
    <ReasonForm id={id} label="撤回原因" required={false} error={error} send={send}>
      <p className={css.note}>撤回后本申请终止，需要时另行申请。已经授予的部分不受影响。</p>
    </ReasonForm>
  )
}

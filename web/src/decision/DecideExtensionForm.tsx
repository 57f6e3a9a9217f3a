import type { DecisionFormProps } from './decision'
import { TwoWayForm } from './TwoWayForm'
import css from './Note.module.css'

/** The commission answers a provider that asked for more time. */
export function DecideExtensionForm({ id, kase, error, send }: DecisionFormProps) {
  return (
    <TwoWayForm
      id={id}
      label="答复"
      error={error}
      send={send}
      ways={[
        { value: 'consent', label: '同意延期', note: '提供机构的答复期限相应顺延' },
        { value: 'decline', label: '不同意延期', note: '仍按原期限答复', reason: '不同意的理由' },
      ]}
    >
      {kase.extension && (
        <p className={css.note}>{kase.extension.askedByName} 申请延期：{kase.extension.reason}</p>
      )}
    </TwoWayForm>
  )
}

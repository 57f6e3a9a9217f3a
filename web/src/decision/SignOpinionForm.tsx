import { OpinionText } from '../case/OpinionText'
import type { DecisionFormProps } from './decision'
import css from './Note.module.css'
import { TwoWayForm } from './TwoWayForm'

/** The head reads the drafted opinion and signs it, or returns it. */
export function SignOpinionForm({ id, kase, verb, error, send }: DecisionFormProps) {
  const opinion = kase.opinions.find((o) => o.id === verb.opinionId)
  return (
    <TwoWayForm
      id={id}
      label="审签意见"
      error={error}
      send={send}
      ways={[
        { value: 'sign', label: '同意签发', note: '以本机构名义提出这一意见' },
        { value: 'return', label: '退回经办', note: '由经办重新拟稿', reason: '退回原因' },
      ]}
    >
      {opinion && <div className={css.note}><OpinionText opinion={opinion} parts={kase.parts} /></div>}
    </TwoWayForm>
  )
}

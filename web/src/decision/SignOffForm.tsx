import type { DecisionFormProps } from './decision'
import { RequestSummary } from './RequestSummary'
import { TwoWayForm } from './TwoWayForm'

/** The head signs the request his office drafted, or returns it. */
export function SignOffForm({ id, kase, error, send }: DecisionFormProps) {
  return (
    <TwoWayForm
      id={id}
      label="审签意见"
      error={error}
      send={send}
      ways={[
        { value: 'sign', label: '同意报送', note: '承诺申请真实、合法、必要' },
        { value: 'return', label: '退回经办', note: '由经办修改后重新报送', reason: '退回原因' },
      ]}
    >
      <RequestSummary kase={kase} />
    </TwoWayForm>
  )
}

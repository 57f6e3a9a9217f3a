import type { DecisionFormProps } from './decision'
import { ReasonForm } from './ReasonForm'

/** A provider that cannot answer in time asks the commission. */
export function AskExtensionForm({ id, error, send }: DecisionFormProps) {
  return <ReasonForm id={id} label="延期理由" required error={error} send={(body) => send({ outcome: 'ask', ...body })} />
}

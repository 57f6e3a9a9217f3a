import { Form } from 'antd'
import type { CandidatePurpose } from '../api/contract'
import { PhraseArea } from '../desk/PhraseArea'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import { CandidatePicker } from './CandidatePicker'
import type { DecisionFormProps } from './decision'
import css from './Note.module.css'
import { RequestSummary } from './RequestSummary'

interface Kind {
  purpose: CandidatePurpose
  who: string
  max: number
  words: string // the label of the words that go along
  field: 'reason' | 'question' | 'note'
  required: boolean
  note: string
}
interface Fields { people?: string | string[]; words?: string }

/** A verb that brings other people in: who, and the words for them. */
function peopleForm(kind: Kind) {
  return function PeopleForm({ id, kase, verb, error, send }: DecisionFormProps) {
    const [form] = Form.useForm<Fields>()
    const shown = usePointedFaults(form, error, { accountId: 'people', accountIds: 'people', [kind.field]: 'words' })
    const finish = ({ people, words }: Fields) => send({
      ...(kind.max > 1 ? { accountIds: people } : { accountId: people }),
      ...(words?.trim() || kind.required ? { [kind.field]: words?.trim() ?? '' } : {}),
    })
    return (
      <Form form={form} id={id} layout="vertical" requiredMark={false} onFinish={finish} scrollToFirstError={{ focus: true }}>
        <p className={css.note}>{kind.note}</p>
        <Form.Item name="people" label={kind.who} rules={[{ required: true, message: `请选择${kind.who}` }]}>
          <CandidatePicker taskId={verb.taskId ?? kase.waiting?.[0]?.taskId ?? ''} purpose={kind.purpose} max={kind.max} />
        </Form.Item>
        <Form.Item
          name="words" label={kind.required ? kind.words : `${kind.words}（可不填）`}
          rules={kind.required ? [{ required: true, whitespace: true, message: `请写明${kind.words}` }] : []}
        >
          <PhraseArea />
        </Form.Item>
        <ProblemNote error={error} shown={shown} />
        <RequestSummary kase={kase} />
      </Form>
    )
  }
}

export const AddSignerForm = peopleForm({
  purpose: 'add_signer', who: '加签的人', max: 10, words: '加签理由', field: 'reason', required: true,
  note: '加签的人与原办理人一同签署；在他办理之前可以减签。',
})
export const TransferForm = peopleForm({
  purpose: 'transfer', who: '转办给', max: 1, words: '转办理由', field: 'reason', required: true,
  note: '只能转给担任同一岗位的人；与本事项有利害冲突的人不在其中。转办后由对方办理，您不再办理。',
})
export const ConsultForm = peopleForm({
  purpose: 'consult', who: '委派给', max: 1, words: '要对方提供意见的问题', field: 'question', required: true,
  note: '对方的意见供您参考，与决定分开记录；决定仍由您作出。',
})
export const CopyForm = peopleForm({
  purpose: 'copy', who: '抄送给', max: 20, words: '附言', field: 'note', required: false,
  note: '收到抄送的人知悉即可，不需要办理。',
})

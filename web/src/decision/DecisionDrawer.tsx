import { useQueryClient } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { requestQuery } from '../api/queries'
import type { Case, CaseEvent, Verb } from '../api/types'
import { useWide } from '../frame/useWide'
import { AdviseForm } from './AdviseForm'
import { AskExtensionForm } from './AskExtensionForm'
import { ChangedMaterial, materialChanged } from './ChangedMaterial'
import { DecideExtensionForm } from './DecideExtensionForm'
import type { DecisionFormProps } from './decision'
import css from './DecisionDrawer.module.css'
import { FormCheckForm } from './FormCheckForm'
import { OpinionForm } from './OpinionForm'
import { AddSignerForm, ConsultForm, CopyForm, TransferForm } from './PeopleForm'
import { Receipt } from './Receipt'
import { RemoveSignerForm } from './RemoveSignerForm'
import { RevisionForm } from './RevisionForm'
import { RulesForm } from './RulesForm'
import { SignOffForm } from './SignOffForm'
import { SignOpinionForm } from './SignOpinionForm'
import { SupplementForm } from './SupplementForm'
import { ResumeForm, SuspendForm } from './SuspensionForm'
import { UrgeForm } from './UrgeForm'
import { useDecision } from './useDecision'
import { WhatNext } from './WhatNext'
import { WithdrawForm } from './WithdrawForm'

const forms: Partial<Record<Verb['key'], (props: DecisionFormProps) => ReactNode>> = {
  sign_off: SignOffForm,
  revision: RevisionForm,
  form_check: FormCheckForm,
  supplement: SupplementForm,
  draft_opinion: OpinionForm,
  sign_opinion: SignOpinionForm,
  ask_extension: AskExtensionForm,
  decide_extension: DecideExtensionForm,
  withdraw: WithdrawForm,
  add_signer: AddSignerForm,
  remove_signer: RemoveSignerForm,
  transfer: TransferForm,
  consult: ConsultForm,
  advise: AdviseForm,
  urge: UrgeForm,
  copy: CopyForm,
  suspend_clock: SuspendForm,
  resume_clock: ResumeForm,
  move_rules: RulesForm,
}
const buttonWords: Partial<Record<Verb['key'], string>> = {
  draft_opinion: '送负责人审签', withdraw: '撤回申请', add_signer: '加签', remove_signer: '减签', transfer: '转办',
  consult: '委派', advise: '提交意见', urge: '催办', copy: '抄送', suspend_clock: '中止计算', resume_clock: '恢复计算', move_rules: '改用规则包',
}

interface Props { kase: Case; verb: Verb; close: () => void }

/** Deciding without losing one's place: the form, what happens next, the button, the receipt. */
export function DecisionDrawer({ kase, verb, close }: Props) {
  const id = useId()
  const wide = useWide()
  const [receipts, setReceipts] = useState<CaseEvent[]>()
  const decision = useDecision(kase, verb, setReceipts)
  const client = useQueryClient()
  const Form = forms[verb.key]
  const changes = materialChanged(decision.error)
  const readAgain = async () => {
    await client.invalidateQueries({ queryKey: requestQuery(kase.id).queryKey.slice(0, 2) })
    decision.reset()
  }
  return (
    <Drawer
      open
      title={receipts ? '已办理' : verb.title}
      onClose={close}
      placement={wide ? 'right' : 'bottom'}
      size={wide ? 600 : '92dvh'}
      mask={{ closable: Boolean(receipts) }}
      data-testid="decision-drawer"
      footer={
        receipts ? (
          <div className={css.buttons}><Button type="primary" size="large" onClick={close}>完成</Button></div>
        ) : (
          <div className={css.foot}>
            <WhatNext kase={kase} verb={verb} />
            <div className={css.buttons}>
              <Button size="large" onClick={close}>取消</Button>
              <Button
                type="primary" size="large" htmlType="submit" form={id}
                danger={verb.key === 'withdraw'} loading={decision.isPending} disabled={changes.length > 0}
                data-testid="decide"
              >
                {buttonWords[verb.key] ?? '确定'}
              </Button>
            </div>
          </div>
        )
      }
    >
      {!receipts && changes.length > 0 && <ChangedMaterial changes={changes} again={() => void readAgain()} />}
      {receipts
        ? <Receipt verb={verb} events={receipts} />
        : Form && <Form id={id} kase={kase} verb={verb} error={changes.length > 0 ? null : decision.error} send={decision.mutate} />}
    </Drawer>
  )
}

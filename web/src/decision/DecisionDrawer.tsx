import { Button, Drawer } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import type { Case, CaseEvent, Verb } from '../api/types'
import { useWide } from '../frame/useWide'
import { AskExtensionForm } from './AskExtensionForm'
import { DecideExtensionForm } from './DecideExtensionForm'
import type { DecisionFormProps } from './decision'
import css from './DecisionDrawer.module.css'
import { FormCheckForm } from './FormCheckForm'
import { OpinionForm } from './OpinionForm'
import { Receipt } from './Receipt'
import { RevisionForm } from './RevisionForm'
import { SignOffForm } from './SignOffForm'
import { SignOpinionForm } from './SignOpinionForm'
import { SupplementForm } from './SupplementForm'
import { useDecision } from './useDecision'
import { WhatNext } from './WhatNext'
import { WithdrawForm } from './WithdrawForm'

const forms: Record<Verb['key'], (props: DecisionFormProps) => ReactNode> = {
  sign_off: SignOffForm,
  revision: RevisionForm,
  form_check: FormCheckForm,
  supplement: SupplementForm,
  draft_opinion: OpinionForm,
  sign_opinion: SignOpinionForm,
  ask_extension: AskExtensionForm,
  decide_extension: DecideExtensionForm,
  withdraw: WithdrawForm,
}

interface Props { kase: Case; verb: Verb; close: () => void }

/** Deciding without losing one's place: the form, what happens next, the button, the receipt. */
export function DecisionDrawer({ kase, verb, close }: Props) {
  const id = useId()
  const wide = useWide()
  const [receipts, setReceipts] = useState<CaseEvent[]>()
  const decision = useDecision(kase, verb, setReceipts)
  const Form = forms[verb.key]
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
                danger={verb.key === 'withdraw'} loading={decision.isPending} data-testid="decide"
              >
                {verb.key === 'draft_opinion' ? '送负责人审签' : verb.key === 'withdraw' ? '撤回申请' : '确定'}
              </Button>
            </div>
          </div>
        )
      }
    >
      {receipts
        ? <Receipt verb={verb} events={receipts} />
        : <Form id={id} kase={kase} verb={verb} error={decision.error} send={decision.mutate} />}
    </Drawer>
  )
}

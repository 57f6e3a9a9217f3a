import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { api } from '../api/client'
import { Intent } from '../api/intent'
import { asProblem } from '../api/problem'
import { caseChanged, requestQuery } from '../api/queries'
import type { Entry } from '../api/types'
import { ChooseItems } from './ChooseItems'
import { type Draft, emptyDraft, previewBody, requestBody } from './draft'
import { PurposeForm } from './PurposeForm'
import css from './RequestWizard.module.css'
import { ReviewAndSubmit } from './ReviewAndSubmit'
import { StepList } from './StepList'

const titles = ['选择数据项', '填写用途', '核对并提交']
const purposeFields = ['purpose', 'basis', 'system', 'until', 'scenarioId', 'mode']

/** Choose, say what for, see the route of every item, submit. Nothing is written before the last press. */
export function RequestWizard({ entry }: { entry: Entry }) {
  const [step, setStep] = useState(0)
  const [draft, setDraft] = useState<Draft>(emptyDraft)
  const intent = useRef(new Intent())
  const navigate = useNavigate()
  const client = useQueryClient()
  const preview = useMutation({ mutationFn: (d: Draft) => api.preview(previewBody(entry.id, d)) })
  const submit = useMutation({
    mutationFn: (d: Draft) => {
      const body = requestBody(entry.id, d)
      return api.submit(body, intent.current.keyFor(body))
    },
    onSuccess: async (made) => {
      intent.current.close()
      client.setQueryData(requestQuery(made.id).queryKey, made)
      caseChanged(client, made.id)
      await navigate({ to: '/share-requests/$caseId', params: { caseId: made.id } })
    },
    onError: (error) => {
      const faults = asProblem(error)?.faults ?? []
      if (faults.some((f) => f.path.startsWith('itemIds'))) setStep(0)
      else if (faults.some((f) => purposeFields.includes(f.path))) setStep(1)
    },
  })
  const go = (to: number, next: Draft = draft) => {
    setDraft(next)
    if (to === 2) {
      submit.reset()
      preview.mutate(next)
    }
    setStep(to)
  }
  return (
    <div>
      <StepList titles={titles} at={step} go={go} />
      <div className={css.sheet}>
        {step === 0 && (
          <ChooseItems
            items={entry.items}
            chosen={draft.itemIds}
            error={submit.error}
            next={(itemIds) => go(1, { ...draft, itemIds, ...fit(entry, draft.scenarioId, itemIds) })}
          />
        )}
        {step === 1 && (
          <PurposeForm
            draft={draft}
            scenarios={entry.scenarios}
            error={submit.error}
            back={(d) => go(0, d)}
            next={(d) => go(2, d)}
          />
        )}
        {step === 2 && (
          <ReviewAndSubmit
            entry={entry}
            draft={draft}
            preview={preview.data}
            error={preview.error ?? submit.error}
            retry={preview.isError ? () => preview.mutate(draft) : undefined}
            submitting={submit.isPending}
            back={() => go(1)}
            submit={() => submit.mutate(draft)}
          />
        )}
      </div>
    </div>
  )
}

/** A scenario chosen before stays chosen only while it covers one of the items. */
function fit(entry: Entry, scenarioId: string | undefined, itemIds: string[]): { scenarioId?: string } {
  const scenario = entry.scenarios.find((s) => s.id === scenarioId)
  return { scenarioId: scenario?.itemIds.some((id) => itemIds.includes(id)) ? scenarioId : undefined }
}

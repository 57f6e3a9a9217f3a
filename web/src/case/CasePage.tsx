import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { requestQuery } from '../api/queries'
import type { Verb } from '../api/types'
import { useDistrict } from '../session/useMe'
import { ErrorState } from '../state/ErrorState'
import { PageSkeleton } from '../state/PageSkeleton'
import { CaseClocks } from './CaseClocks'
import { CaseGrants } from './CaseGrants'
import { CaseHead } from './CaseHead'
import { CaseMaterial } from './CaseMaterial'
import css from './CasePage.module.css'
import { CaseParts } from './CaseParts'
import { DecisionDrawer } from '../decision/DecisionDrawer'
import { EventTimeline } from './EventTimeline'
import { OpinionPair } from './OpinionPair'
import { PrintSeal } from './PrintSeal'
import { ProcedureMap } from './ProcedureMap'
import { VerbBar } from './VerbBar'
import { findVerb, verbId } from './verbs'

const route = getRouteApi('/framed/share-requests/$caseId')

export function CasePage() {
  const { caseId } = route.useParams()
  const { act } = route.useSearch()
  const navigate = useNavigate()
  const { today } = useDistrict()
  const { data: kase, error, refetch } = useQuery(requestQuery(caseId))
  // The drawer keeps its verb after the act took it away, to show the receipt.
  const [held, setHeld] = useState<Verb>()
  const found = kase && findVerb(kase.verbs, act)
  const name = found && verbId(found)
  const go = (to: string | undefined) =>
    void navigate({ to: '/share-requests/$caseId', params: { caseId }, search: { act: to }, replace: true })
  useEffect(() => {
    if (found) setHeld(found)
    if (act === 'first' && name) go(name)
  })
  if (error && !kase) return <ErrorState error={error} retry={() => void refetch()} />
  if (!kase) return <PageSkeleton />
  const verb = act ? (found ?? (held && verbId(held) === act ? held : undefined)) : undefined
  const joint = kase.parts.some((p) => p.route === 'review') || kase.opinions.length > 0
  return (
    <article className={css.page} data-testid="case-page">
      <CaseHead kase={kase} today={today} />
      <div className={css.columns}>
        <aside className={css.procedure}><ProcedureMap steps={kase.steps} /><CaseClocks clocks={kase.clocks} today={today} /></aside>
        <div className={css.middle}>
          <CaseMaterial kase={kase} />
          <CaseParts parts={kase.parts} />
          {joint && <OpinionPair kase={kase} />}
          <CaseGrants grants={kase.grants} />
        </div>
        <aside className={css.timeline}><EventTimeline events={kase.events} /></aside>
      </div>
      <PrintSeal kase={kase} />
      <VerbBar verbs={kase.verbs} open={(v) => go(verbId(v))} />
      {verb && <DecisionDrawer key={verbId(verb)} kase={kase} verb={verb} close={() => go(undefined)} />}
    </article>
  )
}

import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { requestQuery } from '../api/queries'
import type { Verb } from '../api/types'
import { useDistrict, useMe } from '../session/useMe'
import { ErrorState } from '../state/ErrorState'
import { PageSkeleton } from '../state/PageSkeleton'
import { isPast } from './asOf'
import { AsOfBanner } from './AsOfBanner'
import { CaseAttachments } from './CaseAttachments'
import { CaseClocks } from './CaseClocks'
import { CaseGrants } from './CaseGrants'
import { CaseHead } from './CaseHead'
import { CaseMaterial } from './CaseMaterial'
import css from './CasePage.module.css'
import { CasePapers } from './CasePapers'
import { CaseParts } from './CaseParts'
import { CaseSheet } from './CaseSheet'
import { DecisionDrawer } from '../decision/DecisionDrawer'
import { EventTimeline } from './EventTimeline'
import { OpinionPair } from './OpinionPair'
import { ProcedureMap } from './ProcedureMap'
import { VerbBar } from './VerbBar'
import { VersionPicker } from './VersionPicker'
import { rulesVerb } from './rulesVerb'
import { findVerb, verbId } from './verbs'
import { WaitingList } from './WaitingList'

const route = getRouteApi('/framed/share-requests/$caseId')

export function CasePage() {
  const { caseId } = route.useParams()
  const { act, ...at } = route.useSearch()
  const navigate = useNavigate()
  const me = useMe()
  const { today } = useDistrict()
  const { data: kase, error, refetch } = useQuery(requestQuery(caseId, at))
  // The drawer keeps its verb after the act took it away, to show the receipt.
  const [held, setHeld] = useState<Verb>()
  const past = isPast(at)
  const verbs = past ? [] : kase?.verbs ?? []
  const rules = kase && !past ? rulesVerb(kase, me) : undefined
  const found = findVerb(verbs, act) ?? (rules && findVerb([rules], act === 'first' ? undefined : act))
  const name = found && verbId(found)
  const go = (to: string | undefined) =>
    void navigate({ to: '/share-requests/$caseId', params: { caseId }, search: { act: to }, replace: true })
  useEffect(() => {
    if (found) setHeld(found)
    if (act === 'first' && name) go(name)
  })
  if (error && !kase) return <ErrorState error={error} retry={() => void refetch()} />
  if (!kase) return <PageSkeleton />
  const verb = act && !past ? (found ?? (held && verbId(held) === act ? held : undefined)) : undefined
  const joint = kase.parts.some((p) => p.route === 'review') || kase.opinions.length > 0
  const waiting = kase.waiting ?? []
  return (
    <article data-testid="case-page">
      <div className={css.screen}>
        {past && <AsOfBanner kase={kase} version={at.version} />}
        <CaseHead kase={kase} today={today} past={past} change={rules && (() => go(verbId(rules)))} />
        <div className={css.columns}>
          <aside className={css.procedure}>
            <ProcedureMap steps={kase.steps} />
            <CaseClocks clocks={kase.clocks} today={today} />
          </aside>
          <div className={css.middle}>
            <WaitingList waiting={waiting} />
            <CaseMaterial kase={kase} />
            <CaseParts parts={kase.parts} />
            {joint && <OpinionPair kase={kase} />}
            <CasePapers papers={kase.papers ?? []} />
            <CaseGrants grants={kase.grants} />
            <CaseAttachments caseId={kase.id} attachments={kase.attachments ?? []} open={!past && waiting.length > 0} />
          </div>
          <aside className={css.timeline}>
            <VersionPicker caseId={kase.id} at={at} />
            <EventTimeline events={kase.events} />
          </aside>
        </div>
        <VerbBar verbs={verbs} waiting={waiting} open={(v) => go(verbId(v))} />
      </div>
      <CaseSheet kase={kase} />
      {verb && <DecisionDrawer key={verbId(verb)} kase={kase} verb={verb} close={() => go(undefined)} />}
    </article>
  )
}

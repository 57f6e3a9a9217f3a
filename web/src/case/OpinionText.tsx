import { Alert } from 'antd'
import type { CasePart, Opinion } from '../api/types'
import { DiffList } from './DiffList'
import { GroundQuote } from '../ground/GroundQuote'
import { minuteOf } from '../moments'
import { conditionWords, opinionWords, outcomeWords } from '../words'
import css from './OpinionText.module.css'

/** One opinion: what it says, why, on what grounds, who drafted and who signed. */
export function OpinionText({ opinion, parts }: { opinion: Opinion; parts: CasePart[] }) {
  const some = opinion.itemIds.length > 0
    ? parts.filter((p) => opinion.itemIds.includes(p.itemId)).map((p) => p.name)
    : []
  return (
    <div className={css.opinion}>
      <p className={css.outcome} data-outcome={opinion.outcome}>{outcomeWords[opinion.outcome]}</p>
      {opinion.stale && (
        <Alert
          type="warning" showIcon data-testid="stale" title="提出这份意见之后，所依据的材料已有变更"
          description={<DiffList changes={opinion.staleChanges ?? []} />}
        />
      )}
      {some.length > 0 && <p className={css.soft}>针对：{some.join('、')}</p>}
      <p className={css.reason}>{opinion.reason}</p>
      {opinion.conditions.length > 0 && (
        <ol className={css.conditions}>
          {opinion.conditions.map((c) => <li key={c.kind + c.text}><strong>{conditionWords[c.kind]}</strong>　{c.text}</li>)}
        </ol>
      )}
      {opinion.grounds.map((g) => <GroundQuote key={g.title + g.article} ground={g} />)}
      {opinion.returnReason && <p className={css.returned}>退回原因：{opinion.returnReason}</p>}
      <dl className={css.signed}>
        <dt>经办拟稿</dt>
        <dd>{opinion.draftedByName} {minuteOf(opinion.draftedAt)}</dd>
        <dt>负责人审签</dt>
        <dd>{opinion.signedAt ? `${opinion.signedByName} ${minuteOf(opinion.signedAt)}` : opinionWords[opinion.status]}</dd>
      </dl>
    </div>
  )
}

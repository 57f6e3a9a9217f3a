import type { Condition, Ground, OpinionBody, Outcome, Side, Verb } from '../api/types'
import { complete } from '../ground/completeness'

export interface OpinionFields {
  outcome?: Outcome
  reason?: string
  itemIds: string[]
  conditions: Condition[]
  grounds: Ground[]
}

/** May a refusal go out? Only with a reason and at least one ground, each complete. Article 25(2). */
export function refusalStands(fields: OpinionFields, today: string): boolean {
  return Boolean(fields.reason?.trim())
    && fields.grounds.length > 0
    && fields.grounds.every((g) => complete(g, today))
}

/** The opinion as it is sent: only what belongs to its outcome. */
export function opinionBody(fields: OpinionFields, verb: Verb, reviewed: string[]): OpinionBody {
  const outcome = fields.outcome ?? 'agree'
  return {
    outcome,
    reason: fields.reason?.trim() ?? '',
    ...(outcome === 'agree_with_conditions'
      ? { conditions: fields.conditions.map((c) => ({ ...c, text: c.text.trim() })) } : {}),
    ...(outcome === 'refuse' ? { grounds: fields.grounds.map(trimmed) } : {}),
    ...(fields.itemIds.length < reviewed.length ? { itemIds: fields.itemIds } : {}),
    ...(verb.side ? { side: verb.side as Side } : {}),
  }
}

function trimmed(g: Ground): Ground {
  return {
    level: g.level,
    title: g.title.trim(),
    ...(g.docNo?.trim() ? { docNo: g.docNo.trim() } : {}),
    article: g.article.trim(),
    quote: g.quote.trim(),
    inForceOn: g.inForceOn,
  }
}

import type { Ground } from '../api/types'
import { levels } from './levels'

export type GroundField = 'level' | 'title' | 'article' | 'quote' | 'inForceOn'

export const emptyGround: Ground = { level: '', title: '', article: '', quote: '', inForceOn: '' }

/** What a ground still lacks before it can carry a refusal, by field. The server examines it again. */
export function groundFaults(ground: Ground, today: string): Partial<Record<GroundField, string>> {
  const faults: Partial<Record<GroundField, string>> = {}
  if (!levels.some((l) => l === ground.level)) faults.level = '请选择效力层级'
  if (!ground.title.trim()) faults.title = '请写明名称'
  if (!ground.article.trim()) faults.article = '请写明条款'
  if (!ground.quote.trim()) faults.quote = '请写明原文'
  if (!ground.inForceOn) faults.inForceOn = '请写明施行日期'
  else if (ground.inForceOn > today) faults.inForceOn = '尚未施行，不能作为依据'
  return faults
}

export function complete(ground: Ground, today: string): boolean {
  return Object.keys(groundFaults(ground, today)).length === 0
}

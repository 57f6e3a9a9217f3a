import type { Mode, PreviewBody, ShareRequestBody } from '../api/types'

/** A request as far as it has been written. */
export interface Draft {
  itemIds: string[]
  scenarioId?: string
  mode: Mode
  purpose: string
  basis: string
  system: string
  until: string
}

export const emptyDraft: Draft = {
  itemIds: [], mode: 'request_response', purpose: '', basis: '', system: '', until: '',
}

export function previewBody(entryId: string, draft: Draft): PreviewBody {
  return {
    entryId,
    itemIds: draft.itemIds,
    mode: draft.mode,
    ...(draft.scenarioId ? { scenarioId: draft.scenarioId } : {}),
  }
}

export function requestBody(entryId: string, draft: Draft): ShareRequestBody {
  const { purpose, basis, system, until } = draft
  return { ...previewBody(entryId, draft), purpose, basis, system, until }
}

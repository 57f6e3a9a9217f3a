// The only module that talks to the server. Every other module calls `api`.
import { Problem, type ProblemBody, Unreachable } from './problem'
import type {
  Box, Case, District, Entry, EntrySummary, Grant, Law, Me, Page, Preview,
  PreviewBody, Ref, RequestSummary, ShareRequestBody, Task, TaskCounts,
} from './types'

const base = '/api/v1'
type Query = Record<string, string | number | undefined | null>

async function send<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
  let response: Response
  try {
    response = await fetch(base + path, {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(key ? { 'Idempotency-Key': key } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  } catch {
    throw new Unreachable()
  }
  const text = await response.text()
  const parsed: unknown = text ? parse(text) : undefined
  if (!response.ok) throw new Problem(response.status, (parsed ?? {}) as ProblemBody)
  return parsed as T
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function query(values: Query): string {
  const q = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') q.set(name, String(value))
  }
  const text = q.toString()
  return text ? `?${text}` : ''
}

const get = <T>(path: string, values: Query = {}) => send<T>('GET', path + query(values))

export type CaseVerbPath =
  | 'sign-off' | 'revision' | 'form-check' | 'supplement' | 'extension' | 'withdraw' | 'opinions'
  | `opinions/${string}/sign`

export const api = {
  login: (username: string, password: string) =>
    send<{ user: Me }>('POST', '/session', { username, password }),
  logout: () => send<void>('DELETE', '/session'),
  me: () => get<Me>('/me'),
  district: () => get<District>('/district'),
  laws: (q: string) => get<Page<Law>>('/laws', { q, limit: 200 }),
  agencies: () => get<Page<Ref>>('/agencies', { limit: 200 }),

  entries: (values: { q?: string; agency?: string; sharing?: string; limit?: number; cursor?: string }) =>
    get<Page<EntrySummary>>('/catalog/entries', values),
  entry: (id: string) => get<Entry>(`/catalog/entries/${encodeURIComponent(id)}`),

  preview: (body: PreviewBody) => send<Preview>('POST', '/share-requests/preview', body),
  submit: (body: ShareRequestBody, key: string) => send<Case>('POST', '/share-requests', body, key),
  requests: (values: { status?: string; limit?: number; cursor?: string }) =>
    get<Page<RequestSummary>>('/share-requests', values),
  request: (id: string) => get<Case>(`/share-requests/${encodeURIComponent(id)}`),
  act: (id: string, path: CaseVerbPath, body: unknown, key: string) =>
    send<Case | { id: string; status: string }>(
      'POST', `/share-requests/${encodeURIComponent(id)}/${path}`, body, key),

  tasks: (values: { box: Box; limit?: number; cursor?: string }) => get<Page<Task>>('/tasks', values),
  taskCounts: () => get<TaskCounts>('/tasks/counts'),
  grants: (values: { entryId?: string; agencyId?: string; limit?: number; cursor?: string }) =>
    get<Page<Grant>>('/grants', values),

  /** Server-sent hints that something changed; returns what stops listening. */
  listen(changed: (caseId: string | undefined) => void): () => void {
    const source = new EventSource(`${base}/events`)
    source.onmessage = (event: MessageEvent<string>) => {
      const hint = parse(event.data) as { caseId?: string } | undefined
      changed(hint?.caseId)
    }
    return () => source.close()
  },
}

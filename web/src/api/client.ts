// Talks to the server over the client generated from api/openapi.json (npm run
// generate); office.ts has the calls of the desk. Other modules call these two.
import createClient from 'openapi-fetch'
import { inTheNameOf } from './acting'
import { ask, base, send } from './ask'
import type { AsOf } from './contract'
import { Problem, type ProblemBody, Unreachable } from './problem'
import type { components, paths } from './schema.gen'
import type {
  Box, Case, District, Entry, EntrySummary, Grant, Law, Me, Page, Preview, PreviewBody, Ref,
  RequestSummary, ShareRequestBody, Task, TaskCounts, TaskFilter,
} from './types'

const client = createClient<paths>({
  baseUrl: base,
  fetch: (request) => fetch(inTheNameOf(request)), // looked up at each call, so that a test can put its own in place
})

type Wire = components['schemas']
type RequiredKeys<P> = { [K in keyof P]-?: undefined extends P[K] ? never : K }[keyof P]
/** An answer of the contract that has every field the page uses; otherwise it does not compile. */
type Covers<P> = { [K in RequiredKeys<P>]: unknown }
interface Answer<W> { data?: W; error?: unknown; response: Response }

/** The data of an answer; a refusal and a lost connection are thrown as what they are. */
async function read<P, W extends Covers<P> = Covers<P>>(asked: Promise<Answer<W>>): Promise<P> {
  let answer: Answer<W>
  try {
    answer = await asked
  } catch {
    throw new Unreachable()
  }
  if (!answer.response.ok) {
    throw new Problem(answer.response.status, isObject(answer.error) ? answer.error : {})
  }
  return answer.data as unknown as P
}

function isObject(value: unknown): value is ProblemBody {
  return typeof value === 'object' && value !== null
}

/** Query values without the empty ones. */
function given<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined && v !== '')) as T
}

const keyed = (key: string) => ({ header: { 'Idempotency-Key': key } })
interface Paging { limit?: number; cursor?: string }

/** Where an act goes: a case, a case of any kind, or a task. */
export type VerbPath = `/${'share-requests' | 'cases' | 'tasks'}/${string}/${string}`

export const api = {
  login: (username: string, password: string) =>
    read<{ user: Me }, Wire['LogInOutputBody']>(client.POST('/session', { body: { username, password } })),
  logout: () => read<unknown>(client.DELETE('/session')),
  me: () => read<Me, Wire['MeView']>(client.GET('/me')),
  district: () => read<District, Wire['DistrictView']>(client.GET('/district')),
  laws: (q: string) =>
    read<Page<Law>, Wire['ListOutputLawViewBody']>(client.GET('/laws', { params: { query: given({ q, limit: 200 }) } })),
  agencies: () =>
    read<Page<Ref>, Wire['ListOutputRefViewBody']>(client.GET('/agencies', { params: { query: { limit: 200 } } })),

  entries: (values: Paging & { q?: string; agency?: string; sharing?: string }) =>
    read<Page<EntrySummary>, Wire['ListOutputEntrySummaryViewBody']>(
      client.GET('/catalog/entries', { params: { query: given(values) } })),
  entry: (id: string) =>
    read<Entry, Wire['EntryView'] & Wire['EntrySummaryView']>(
      client.GET('/catalog/entries/{id}', { params: { path: { id } } }) as Promise<Answer<Wire['EntryView'] & Wire['EntrySummaryView']>>),

  preview: (body: PreviewBody) =>
    read<Preview, Wire['PreviewOutputBody']>(client.POST('/share-requests/preview', { body })),
  submit: (body: ShareRequestBody, key: string) =>
    read<Case, Wire['CaseView']>(client.POST('/share-requests', { params: keyed(key), body })),
  requests: (values: Paging & { status?: string }) =>
    read<Page<RequestSummary>, Wire['ListOutputRequestSummaryViewBody']>(
      client.GET('/share-requests', { params: { query: given(values) } })),
  /** A case as it is, or as it stood. */
  request: (id: string, at: AsOf = {}) => ask<Case>(`/share-requests/${encodeURIComponent(id)}`, at),
  /** Any verb; the form that made the body knows its shape. `shown` is the digest of what the person read. */
  act: (path: VerbPath, body: unknown, key: string, shown?: string) => send<unknown>(path, { body, key, shown }),

  tasks: (values: Paging & TaskFilter & { box: Box }) => ask<Page<Task>>('/tasks', values),
  taskCounts: () => ask<TaskCounts>('/tasks/counts'),
  grants: (values: Paging & { entryId?: string; agencyId?: string }) =>
    read<Page<Grant>, Wire['ListOutputGrantViewBody']>(client.GET('/grants', { params: { query: given(values) } })),

  /** Server-sent hints that something changed; returns what stops listening. */
  listen(changed: (caseId: string | undefined) => void): () => void {
    const source = new EventSource(`${base}/events`)
    source.onmessage = (event: MessageEvent<string>) => {
      try {
        changed((JSON.parse(event.data) as { caseId?: string }).caseId)
      } catch {
        changed(undefined)
      }
    }
    return () => source.close()
  },
}

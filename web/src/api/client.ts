// What the pages of the procedure ask of the server; office.ts has the calls of
// the desk. Other modules call these two.
import { base, send } from './ask'
import type { AsOf } from './contract'
import type {
  Box, Case, District, Entry, EntrySummary, Grant, Law, Me, Page, Preview, PreviewBody, Ref,
  RequestSummary, ShareRequestBody, Task, TaskCounts, TaskFilter,
} from './types'
import { type Answer, client, given, keyed, type Paging, read, type Wire } from './wire'

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
  request: (id: string, at: AsOf = {}) =>
    read<Case, Wire['CaseView']>(client.GET('/share-requests/{id}', { params: { path: { id }, query: given(at) } })),
  /** Any verb; the form that made the body knows its shape. `shown` is the digest of what the person read. */
  act: (path: VerbPath, body: unknown, key: string, shown?: string) => send<unknown>(path, { body, key, shown }),

  tasks: (values: Paging & TaskFilter & { box: Box }) =>
    read<Page<Task>, Wire['ListOutputTaskViewBody']>(client.GET('/tasks', { params: { query: given(values) } })),
  taskCounts: () => read<TaskCounts, Wire['CountsOutputBody']>(client.GET('/tasks/counts')),
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

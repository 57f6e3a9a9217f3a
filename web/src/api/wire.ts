// The client generated from api/openapi.json (npm run generate), and how an
// answer of it becomes what the page uses. Only client.ts and office.ts use it.
import createClient from 'openapi-fetch'
import { inTheNameOf } from './acting'
import { base } from './ask'
import { Problem, type ProblemBody, Unreachable } from './problem'
import type { components, paths } from './schema.gen'

export const client = createClient<paths>({
  baseUrl: base,
  fetch: (request) => fetch(inTheNameOf(request)), // looked up at each call, so that a test can put its own in place
})

export type Wire = components['schemas']
type RequiredKeys<P> = { [K in keyof P]-?: undefined extends P[K] ? never : K }[keyof P]
/** An answer of the contract that has every field the page uses; otherwise it does not compile. */
type Covers<P> = { [K in RequiredKeys<P>]: unknown }
export interface Answer<W> { data?: W; error?: unknown; response: Response }

/** The data of an answer; a refusal and a lost connection are thrown as what they are. */
export async function read<P, W extends Covers<P> = Covers<P>>(asked: Promise<Answer<W>>): Promise<P> {
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
export function given<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined && v !== '')) as T
}

export const keyed = (key: string) => ({ header: { 'Idempotency-Key': key } })
export interface Paging { limit?: number; cursor?: string }

/** The lists that the server also gives as a spreadsheet. */
export type ExportPath = Extract<keyof paths, `${string}/export`> extends `${infer P}/export` ? P : never

// Acts whose bodies the forms know, and the files that no JSON client can fetch
// or send. Everything else goes through the generated client (wire.ts).
import { inTheNameOf } from './acting'
import { Problem, type ProblemBody, Unreachable } from './problem'

export const base = '/api/v1'
type Values = object | undefined

/** The address of an operation with the values that are given. */
export function address(path: string, query?: Values): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return `${location.origin}${base}${path}${text && `?${text}`}`
}

async function answerOf(request: Request): Promise<Response> {
  let response: Response
  try {
    response = await fetch(inTheNameOf(request))
  } catch {
    throw new Unreachable()
  }
  if (!response.ok) throw new Problem(response.status, await problemOf(() => response.json()))
  return response
}

async function problemOf(read: () => unknown): Promise<ProblemBody> {
  try {
    const body: unknown = await read()
    return typeof body === 'object' && body !== null ? body : {}
  } catch {
    return {}
  }
}

async function jsonOf<T>(response: Response): Promise<T> {
  const text = await response.text()
  return (text ? JSON.parse(text) : undefined) as T
}

export interface Sending { body: unknown; key: string; shown?: string }

/** Sends an act under the key of its intent, with the digest of what the person read. */
export async function send<T>(path: string, { body, key, shown }: Sending): Promise<T> {
  const headers = new Headers({ 'Content-Type': 'application/json', 'Idempotency-Key': key })
  if (shown) headers.set('Shown-Digest', shown)
  return jsonOf<T>(await answerOf(new Request(address(path), {
    method: 'POST', headers, body: JSON.stringify(body),
  })))
}

/** Fetches a file and hands it to the browser under the name the server gave it. */
export async function download(path: string, query: Values, fallback: string): Promise<void> {
  const response = await answerOf(new Request(address(path, query)))
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = fileName(response.headers.get('Content-Disposition')) ?? fallback
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export function fileName(disposition: string | null): string | undefined {
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  if (coded) return decodeURIComponent(coded)
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1]
}

/** Sends a form with a file; says how far it is, between 0 and 1. */
export function upload<T>(path: string, form: FormData, progress: (part: number) => void): Promise<T> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest()
    const headers = inTheNameOf(new Request(address(path))).headers
    request.open('POST', address(path))
    headers.forEach((value, name) => request.setRequestHeader(name, value))
    request.upload.onprogress = (e) => { if (e.lengthComputable) progress(e.loaded / e.total) }
    request.onerror = () => fail(new Unreachable())
    request.onload = async () => {
      if (request.status < 300) done(JSON.parse(request.responseText) as T)
      else fail(new Problem(request.status, await problemOf(() => JSON.parse(request.responseText))))
    }
    request.send(form)
  })
}

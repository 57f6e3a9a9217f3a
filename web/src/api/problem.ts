import type { Ground } from './types'

export interface ProblemBody {
  title?: string
  status?: number
  detail?: string
  code?: string
  instance?: string
  errors?: { pointer?: string; text?: string }[] | null
  basis?: { edition: string; article: string; title: string }[] | null
  grounds?: Ground[] | null
}

/** What the server said when it did not do what was asked; `message` may be shown to anyone. */
export class Problem extends Error {
  readonly status: number
  readonly body: ProblemBody

  constructor(status: number, body: ProblemBody) {
    super(body.detail || body.title || fallback(status))
    this.name = 'Problem'
    this.status = status
    this.body = body
  }

  /** The number to tell the administrator; only where the server itself is at fault. */
  get number(): string | undefined {
    return this.status >= 500 ? this.body.instance : undefined
  }

  get basis() {
    return this.body.basis ?? []
  }

  get grounds() {
    return this.body.grounds ?? []
  }

  /** Faults by field path: "/grounds/0/level" becomes "grounds.0.level". */
  get faults(): { path: string; text: string }[] {
    return (this.body.errors ?? []).map((e) => ({
      path: (e.pointer ?? '').replace(/^[/#]*(body[./])?/, '').replaceAll('/', '.'),
      text: e.text ?? '',
    }))
  }
}

/** Nothing came back: the network, not the server, failed. The same intent may be sent again. */
export class Unreachable extends Error {
  constructor() {
    super('没有连上服务器，刚才的操作可能没有送达。再次提交不会重复办理。')
    this.name = 'Unreachable'
  }
}

export function asProblem(error: unknown): Problem | null {
  return error instanceof Problem ? error : null
}

function fallback(status: number): string {
  if (status === 401) return '登录已失效，请重新登录。'
  if (status === 403) return '您没有办理此事项的权限。'
  if (status === 404) return '没有找到所要的内容。'
  if (status === 409) return '内容已被他人更新，请刷新后再办理。'
  if (status === 429) return '操作过于频繁，请稍后再试。'
  if (status >= 500) return '服务器暂时无法处理，请稍后再试。'
  return '请求未被接受。'
}

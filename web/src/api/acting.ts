// Whom this tab acts for (代理). Kept per tab, so that a second tab can be
// oneself; every request carries it, and the server asks whether it may.
const key = 'datagov.acting-for'

export function actingFor(): string | null {
  return sessionStorage.getItem(key)
}

export function actFor(account: string | null): void {
  if (account) sessionStorage.setItem(key, account)
  else sessionStorage.removeItem(key)
}

/** The request with whom one acts for, where one does. */
export function inTheNameOf(request: Request): Request {
  const principal = actingFor()
  if (principal) request.headers.set('X-Acting-For', principal)
  return request
}

import {
  createRootRoute, createRoute, createRouter, Outlet, redirect,
} from '@tanstack/react-router'
import { asProblem } from './api/problem'
import { districtQuery, type EntryFilter, type GrantFilter, meQuery } from './api/queries'
import type { Box } from './api/types'
import { CasePage } from './case/CasePage'
import { CatalogPage } from './catalog/CatalogPage'
import { EntryPage } from './catalog/EntryPage'
import { Frame } from './frame/Frame'
import { GrantsPage } from './grants/GrantsPage'
import { queryClient, whenSignedOut } from './queryClient'
import { RequestPage } from './request/RequestPage'
import { RequestsPage } from './request/RequestsPage'
import { LoginPage } from './session/LoginPage'
import { ErrorState } from './state/ErrorState'
import { NotFound } from './state/NotFound'
import { PageSkeleton } from './state/PageSkeleton'
import type { TaskFilter } from './workbench/filter'
import { WorkbenchPage } from './workbench/WorkbenchPage'

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

interface WorkbenchSearch extends TaskFilter { box?: Box }
interface LoginSearch { next?: string }
interface RequestsSearch { status?: string }
interface CaseSearch { act?: string }

const boxes: Box[] = ['todo', 'done', 'started', 'cc']

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (s: Record<string, unknown>): LoginSearch => ({ next: text(s.next) }),
  component: LoginPage,
})

const framed = createRoute({
  getParentRoute: () => root,
  id: 'framed',
  beforeLoad: async ({ location }) => {
    try {
      await Promise.all([
        queryClient.ensureQueryData(meQuery),
        queryClient.ensureQueryData(districtQuery),
      ])
    } catch (error) {
      if (asProblem(error)?.status === 401) {
        throw redirect({ to: '/login', search: { next: location.href } })
      }
      throw error
    }
  },
  component: Frame,
})

const home = createRoute({
  getParentRoute: () => framed,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/workbench' })
  },
})

const workbenchRoute = createRoute({
  getParentRoute: () => framed,
  path: '/workbench',
  validateSearch: (s: Record<string, unknown>): WorkbenchSearch => ({
    box: boxes.includes(s.box as Box) ? (s.box as Box) : undefined,
    step: text(s.step),
    agency: text(s.agency),
    term: text(s.term),
    q: text(s.q),
  }),
  component: WorkbenchPage,
})

const catalogRoute = createRoute({
  getParentRoute: () => framed,
  path: '/catalog',
  validateSearch: (s: Record<string, unknown>): EntryFilter => ({
    q: text(s.q), agency: text(s.agency), sharing: text(s.sharing),
  }),
  component: CatalogPage,
})

const entryRoute = createRoute({
  getParentRoute: () => framed, path: '/catalog/$entryId', component: EntryPage,
})

const requestRoute = createRoute({
  getParentRoute: () => framed, path: '/catalog/$entryId/request', component: RequestPage,
})

const requestsRoute = createRoute({
  getParentRoute: () => framed,
  path: '/share-requests',
  validateSearch: (s: Record<string, unknown>): RequestsSearch => ({ status: text(s.status) }),
  component: RequestsPage,
})

const caseRoute = createRoute({
  getParentRoute: () => framed,
  path: '/share-requests/$caseId',
  validateSearch: (s: Record<string, unknown>): CaseSearch => ({ act: text(s.act) }),
  component: CasePage,
})

const grantsRoute = createRoute({
  getParentRoute: () => framed,
  path: '/grants',
  validateSearch: (s: Record<string, unknown>): GrantFilter => ({
    entryId: text(s.entryId), agencyId: text(s.agencyId),
  }),
  component: GrantsPage,
})

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    framed.addChildren([
      home, workbenchRoute, catalogRoute, entryRoute, requestRoute, requestsRoute, caseRoute, grantsRoute,
    ]),
  ]),
  scrollRestoration: true,
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error as Error} retry={reset} />,
  defaultPendingComponent: PageSkeleton,
})

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}

whenSignedOut(() => {
  const { pathname, href } = router.state.location
  if (pathname === '/login') return
  queryClient.clear()
  void router.navigate({ to: '/login', search: { next: href } })
})

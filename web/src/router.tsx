import {
  createRootRoute, createRoute, createRouter, Outlet, redirect,
} from '@tanstack/react-router'
import { asProblem } from './api/problem'
import type { AsOf } from './api/contract'
import type { DeliveryFilter, NoticeFilter, PaperFilter } from './api/officeQueries'
import { districtQuery, type EntryFilter, type GrantFilter, meQuery } from './api/queries'
import { BriefingPage } from './briefing/BriefingPage'
import { type Period, periodSearch } from './briefing/period'
import { asOfSearch } from './case/asOf'
import { CasePage } from './case/CasePage'
import { CatalogPage } from './catalog/CatalogPage'
import { EntryPage } from './catalog/EntryPage'
import { Frame } from './frame/Frame'
import { MorePage } from './frame/MorePage'
import { GrantsPage } from './grants/GrantsPage'
import { NoticesPage } from './notices/NoticesPage'
import { PaperPage } from './papers/PaperPage'
import { PapersPage } from './papers/PapersPage'
import { VerifyPage } from './papers/VerifyPage'
import { queryClient, whenSignedOut } from './queryClient'
import { RequestPage } from './request/RequestPage'
import { RequestsPage } from './request/RequestsPage'
import { LoginPage } from './session/LoginPage'
import { CalendarPage } from './settings/CalendarPage'
import { DeliveriesPage } from './settings/DeliveriesPage'
import { NoticeSettingsPage } from './settings/NoticeSettingsPage'
import { PhrasesPage } from './settings/PhrasesPage'
import { ProxiesPage } from './settings/ProxiesPage'
import { RulesPage } from './settings/RulesPage'
import { SeatsPage } from './settings/SeatsPage'
import { SettingsPage } from './settings/SettingsPage'
import { WebhooksPage } from './settings/WebhooksPage'
import { ErrorState } from './state/ErrorState'
import { NotFound } from './state/NotFound'
import { PageSkeleton } from './state/PageSkeleton'
import { searchOf } from './workbench/filter'
import { WorkbenchPage } from './workbench/WorkbenchPage'

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

interface LoginSearch { next?: string }
interface RequestsSearch { status?: string }
interface CaseSearch extends AsOf { act?: string }
interface CodeSearch { code?: string }

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
  validateSearch: searchOf,
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
  validateSearch: (s: Record<string, unknown>): CaseSearch => ({ act: text(s.act), ...asOfSearch(s) }),
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

const verifyRoute = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  validateSearch: (s: Record<string, unknown>): CodeSearch => ({ code: text(s.code) }),
  component: VerifyPage,
})

const papersRoute = createRoute({
  getParentRoute: () => framed,
  path: '/papers',
  validateSearch: (s: Record<string, unknown>): PaperFilter => ({ kind: text(s.kind) }),
  component: PapersPage,
})

const paperRoute = createRoute({
  getParentRoute: () => framed, path: '/papers/$paperId', component: PaperPage,
})

const noticesRoute = createRoute({
  getParentRoute: () => framed,
  path: '/notices',
  validateSearch: (s: Record<string, unknown>): NoticeFilter => ({ unread: s.unread === true || undefined }),
  component: NoticesPage,
})

const briefingRoute = createRoute({
  getParentRoute: () => framed,
  path: '/briefing',
  validateSearch: (s: Record<string, unknown>): Partial<Period> => periodSearch(s),
  component: BriefingPage,
})

const moreRoute = createRoute({ getParentRoute: () => framed, path: '/more', component: MorePage })

const settingsRoute = createRoute({ getParentRoute: () => framed, path: '/settings', component: SettingsPage })
const settingsRoutes = [
  createRoute({ getParentRoute: () => settingsRoute, path: 'proxies', component: ProxiesPage }),
  createRoute({ getParentRoute: () => settingsRoute, path: 'seats', component: SeatsPage }),
  createRoute({ getParentRoute: () => settingsRoute, path: 'phrases', component: PhrasesPage }),
  createRoute({ getParentRoute: () => settingsRoute, path: 'notices', component: NoticeSettingsPage }),
  createRoute({ getParentRoute: () => settingsRoute, path: 'calendar', component: CalendarPage }),
  createRoute({ getParentRoute: () => settingsRoute, path: 'rules', component: RulesPage }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: 'deliveries',
    validateSearch: (s: Record<string, unknown>): DeliveryFilter => ({
      status: s.status === 'waiting' || s.status === 'delivered' || s.status === 'dead' ? s.status : undefined,
    }),
    component: DeliveriesPage,
  }),
  createRoute({ getParentRoute: () => settingsRoute, path: 'webhooks', component: WebhooksPage }),
] as const

export const router = createRouter({
  routeTree: root.addChildren([
    login, verifyRoute,
    framed.addChildren([
      home, workbenchRoute, catalogRoute, entryRoute, requestRoute, requestsRoute, caseRoute, grantsRoute,
      papersRoute, paperRoute, noticesRoute, briefingRoute, moreRoute, settingsRoute.addChildren(settingsRoutes),
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
  if (pathname === '/login' || pathname === '/verify') return
  queryClient.clear()
  void router.navigate({ to: '/login', search: { next: href } })
})

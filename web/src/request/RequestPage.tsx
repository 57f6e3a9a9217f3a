import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { entryQuery } from '../api/queries'
import { ErrorState } from '../state/ErrorState'
import { PageSkeleton } from '../state/PageSkeleton'
import css from './RequestPage.module.css'
import { RequestWizard } from './RequestWizard'

const route = getRouteApi('/framed/catalog/$entryId/request')

export function RequestPage() {
  const { entryId } = route.useParams()
  const { data: entry, error, refetch } = useQuery(entryQuery(entryId))
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!entry) return <PageSkeleton />
  return (
    <div className={css.page}>
      <header className={css.head}>
        <p className={css.crumb}>
          <Link to="/catalog">目录</Link> / <Link to="/catalog/$entryId" params={{ entryId }}>{entry.name}</Link>
        </p>
        <h1>申请共享</h1>
        <p className={css.note}>{entry.name}（{entry.agency.name}）</p>
      </header>
      <RequestWizard entry={entry} />
    </div>
  )
}

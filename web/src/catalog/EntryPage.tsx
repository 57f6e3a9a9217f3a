import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { entryQuery } from '../api/queries'
import { Facts } from '../frame/Facts'
import { GroundQuote } from '../ground/GroundQuote'
import { dayOf } from '../moments'
import { may } from '../session/permissions'
import { useMe } from '../session/useMe'
import { ErrorState } from '../state/ErrorState'
import { PageSkeleton } from '../state/PageSkeleton'
import { openWords } from '../words'
import { EntryItems } from './EntryItems'
import css from './EntryPage.module.css'
import { EntryScenarios } from './EntryScenarios'
import { SharingTag } from './SharingTag'

const route = getRouteApi('/framed/catalog/$entryId')

export function EntryPage() {
  const { entryId } = route.useParams()
  const me = useMe()
  const { data: entry, error, refetch } = useQuery(entryQuery(entryId))
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!entry) return <PageSkeleton />
  const own = entry.agency.id === me.agency.id
  return (
    <article className={css.page}>
      <header className={css.head}>
        <div>
          <p className={css.code}><Link to="/catalog">目录</Link> / <code>{entry.code}</code></p>
          <h1>{entry.name} <SharingTag sharing={entry.sharing} /></h1>
          <p className={css.summary}>{entry.summary}</p>
        </div>
        {may(me, 'share-request:submit') && !own && (
          <Link to="/catalog/$entryId/request" params={{ entryId }}>
            <Button type="primary" size="large" tabIndex={-1}>申请共享</Button>
          </Link>
        )}
      </header>
      <section className={css.sheet}>
        <Facts
          facts={[
            ['提供机构', entry.agency.name],
            ['数据分级', entry.level],
            ['开放属性', openWords[entry.open]],
            ['更新周期', entry.updateCycle],
            ['数据格式', entry.format],
            ['更新时间', dayOf(entry.updatedAt)],
          ]}
        />
        {(entry.reason || entry.grounds.length > 0) && (
          <div className={css.reason}>
            <h2>共享类型的理由和依据</h2>
            {entry.reason && <p>{entry.reason}</p>}
            {entry.grounds.map((g) => <GroundQuote key={g.title + g.article} ground={g} />)}
          </div>
        )}
      </section>
      <section>
        <h2 className={css.title}>数据项（{entry.items.length}）</h2>
        <EntryItems items={entry.items} />
      </section>
      <section>
        <h2 className={css.title}>应用场景</h2>
        <EntryScenarios scenarios={entry.scenarios} items={entry.items} />
      </section>
    </article>
  )
}

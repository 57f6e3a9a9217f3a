import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { App, Button, Skeleton, Tabs } from 'antd'
import { office } from '../api/office'
import { noticeCountsQuery, noticesQuery } from '../api/officeQueries'
import { ExportButton } from '../frame/ExportButton'
import { PageHead } from '../frame/PageHead'
import { EmptyState } from '../state/EmptyState'
import { ErrorState } from '../state/ErrorState'
import { More } from '../table/More'
import { NoticeRow } from './NoticeRow'
import css from './NoticesPage.module.css'

const route = getRouteApi('/framed/notices')

export function NoticesPage() {
  const { unread } = route.useSearch()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { message } = App.useApp()
  const counts = useQuery(noticeCountsQuery).data
  const notices = useInfiniteQuery(noticesQuery({ unread }))
  const rows = notices.data?.pages.flatMap((page) => page.items)
  const read = useMutation({
    mutationFn: office.readNotices,
    onSuccess: () => void client.invalidateQueries({ queryKey: ['notices'] }),
    onError: (error) => void message.error(error.message),
  })
  return (
    <>
      <PageHead
        title="通知"
        note={<>站内通知总会有；邮件、短信等在 <Link to="/settings/notices">设置 · 通知</Link> 中选择。</>}
        action={
          <div className={css.actions}>
            <Button disabled={!counts?.unread} loading={read.isPending} onClick={() => read.mutate({ all: true })} data-testid="read-all">全部标为已读</Button>
            <ExportButton path="/notices" query={{ unread }} name="通知" />
          </div>
        }
      />
      <Tabs
        activeKey={unread ? 'unread' : 'all'}
        onChange={(key) => void navigate({ to: '/notices', search: { unread: key === 'unread' ? true : undefined } })}
        items={[
          { key: 'all', label: '全部' },
          { key: 'unread', label: <>未读 <span className={css.count}>{counts?.unread ?? '\u2007'}</span></> },
        ]}
      />
      {notices.isError ? (
        <ErrorState error={notices.error} retry={() => void notices.refetch()} />
      ) : (
        <ul className={css.list} aria-label="通知" aria-busy={!rows}>
          {rows?.map((n) => <NoticeRow key={n.id} notice={n} read={() => read.mutate({ ids: [n.id] })} />)}
          {!rows && [0, 1, 2, 3].map((i) => <li key={i} className={css.row}><Skeleton active title={false} paragraph={{ rows: 2 }} /></li>)}
          {rows?.length === 0 && (
            <li><EmptyState title={unread ? '没有未读的通知' : '还没有通知'}>轮到您办理、有人催办、期限将到、事项办结时，会在这里告诉您。</EmptyState></li>
          )}
        </ul>
      )}
      <More has={notices.hasNextPage} loading={notices.isFetchingNextPage} load={() => void notices.fetchNextPage()} shown={rows?.length ?? 0} />
    </>
  )
}

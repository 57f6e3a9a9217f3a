import { BellOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Badge } from 'antd'
import { noticeCountsQuery } from '../api/officeQueries'
import css from './NoticeBell.module.css'

export function NoticeBell() {
  const unread = useQuery(noticeCountsQuery).data?.unread ?? 0
  return (
    <Link to="/notices" className={css.bell} aria-label={unread > 0 ? `通知，${unread} 条未读` : '通知'} data-testid="notices">
      <Badge count={unread} overflowCount={99} size="small"><BellOutlined className={css.icon} /></Badge>
    </Link>
  )
}

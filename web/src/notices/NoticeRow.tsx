import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Notice } from '../api/contract'
import { minuteOf } from '../moments'
import css from './NoticesPage.module.css'

/** One notice; following it to its case reads it. */
export function NoticeRow({ notice: n, read }: { notice: Notice; read: () => void }) {
  const unread = !n.readAt
  const follow = () => { if (unread) read() }
  return (
    <li className={css.row} data-unread={unread || undefined} data-testid="notice">
      <span>{unread && <span className={css.dot} />}</span>
      <div>
        {n.caseId
          ? <Link className={css.title} to="/share-requests/$caseId" params={{ caseId: n.caseId }} onClick={follow}>{n.title}</Link>
          : <span className={css.title}>{n.title}</span>}
        {unread && <span className="visually-hidden">（未读）</span>}
        {n.text && <p className={css.text}>{n.text}</p>}
      </div>
      <div className={css.side}>
        <span className={css.at}>{minuteOf(n.at)}</span>
        {unread && <Button type="link" size="small" onClick={read}>标为已读</Button>}
      </div>
    </li>
  )
}

import type { ReactNode } from 'react'
import css from './State.module.css'

interface Props { title: string; children?: ReactNode; action?: ReactNode }

/** Says what will appear here and what to do. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <div className={css.state} data-testid="empty">
      <p className={css.title}>{title}</p>
      {children && <p className={css.text}>{children}</p>}
      {action && <div className={css.action}>{action}</div>}
    </div>
  )
}

import type { ReactNode } from 'react'
import css from './PageHead.module.css'

interface Props { title: string; note?: ReactNode; action?: ReactNode }

export function PageHead({ title, note, action }: Props) {
  return (
    <header className={css.head}>
      <div>
        <h1>{title}</h1>
        {note && <p className={css.note}>{note}</p>}
      </div>
      {action}
    </header>
  )
}

import type { ReactNode } from 'react'
import css from './Section.module.css'

interface Props { title: string; note?: ReactNode; action?: ReactNode; children: ReactNode }

/** One setting: what it is for, and its parts. */
export function Section({ title, note, action, children }: Props) {
  return (
    <section className={css.section}>
      <header className={css.head}>
        <div><h2>{title}</h2>{note && <p className={css.note}>{note}</p>}</div>
        {action}
      </header>
      {children}
    </section>
  )
}

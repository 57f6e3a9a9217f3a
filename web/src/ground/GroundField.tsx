import type { ReactNode } from 'react'
import css from './GroundField.module.css'

interface Props { id: string; label: string; fault: string | undefined; children: ReactNode }

export function GroundField({ id, label, fault, children }: Props) {
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      {children}
      {fault && <p className={css.fault} role="alert">{fault}</p>}
    </div>
  )
}

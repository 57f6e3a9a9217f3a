import type { ReactNode } from 'react'
import css from './WizardFoot.module.css'

export function WizardFoot({ note, children }: { note?: ReactNode; children: ReactNode }) {
  return (
    <div className={css.foot}>
      {note && <div className={css.note}>{note}</div>}
      {children}
    </div>
  )
}

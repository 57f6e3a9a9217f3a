import type { ReactNode } from 'react'
import css from './WizardFoot.module.css'

export function WizardFoot({ children }: { children: ReactNode }) {
  return <div className={css.foot}>{children}</div>
}

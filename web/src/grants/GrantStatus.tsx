import type { Grant } from '../api/types'
import { grantWords } from '../words'
import css from './Grant.module.css'

export function GrantStatus({ status }: { status: Grant['status'] }) {
  return <span className={css.status} data-status={status}>{grantWords[status] ?? status}</span>
}

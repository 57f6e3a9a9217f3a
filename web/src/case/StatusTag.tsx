import type { CaseStatus } from '../api/types'
import { statusWords } from '../words'
import css from './StatusTag.module.css'

const tones: Record<CaseStatus, 'open' | 'waiting' | 'good' | 'closed'> = {
  sign_off: 'open', form_check: 'open', supplement: 'waiting', joint_review: 'open', approved: 'open',
  granted: 'good', partially_granted: 'good', refused: 'closed', disputed: 'waiting', withdrawn: 'closed',
}

export function StatusTag({ status }: { status: CaseStatus }) {
  return <span className={css.tag} data-tone={tones[status]} data-testid="case-status">{statusWords[status] ?? status}</span>
}

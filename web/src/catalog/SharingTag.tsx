import type { Sharing } from '../api/types'
import { sharingWords } from '../words'
import css from './SharingTag.module.css'

/** The sharing type of the measure (26), with the word of the national rules where it differs. */
export function SharingTag({ sharing }: { sharing: Sharing }) {
  return (
    <span className={css.tag} data-sharing={sharing} title={sharing === 'authorized' ? '国家口径：有条件共享' : undefined}>
      {sharingWords[sharing]}
    </span>
  )
}

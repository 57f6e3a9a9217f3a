import { Tooltip } from 'antd'
import type { Ref } from '../api/types'
import css from './AgencyTag.module.css'
import { cutMiddle } from './cutMiddle'

interface Props { agency: Ref; max?: number }

/** An agency's name; a long one is cut in the middle and whole on focus and hover. */
export function AgencyTag({ agency, max = 14 }: Props) {
  const short = cutMiddle(agency.name, max)
  if (short === agency.name) return <span className={css.agency}>{short}</span>
  return (
    <Tooltip title={agency.name} trigger={['hover', 'focus']}>
      <span className={css.agency} tabIndex={0} title={agency.name} aria-label={agency.name}>{short}</span>
    </Tooltip>
  )
}

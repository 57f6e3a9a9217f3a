import { CheckCircleFilled, ClockCircleOutlined } from '@ant-design/icons'
import type { PaperSummary } from '../api/contract'
import { minuteOf } from '../moments'
import css from './Paper.module.css'

/** Whether the paper has been received, by whom and when. */
export function ReceivedMark({ paper }: { paper: PaperSummary }) {
  return paper.receivedAt ? (
    <span className={css.received}><CheckCircleFilled aria-hidden="true" /> 已签收　{paper.receivedByName} {minuteOf(paper.receivedAt)}</span>
  ) : (
    <span className={css.pending}><ClockCircleOutlined aria-hidden="true" /> 待签收</span>
  )
}

import { Typography } from 'antd'
import type { CaseEvent } from '../api/types'
import { minuteOf } from '../moments'
import css from './ReceiptCard.module.css'

/** The proof that an act was recorded: its place and its hash. */
export function ReceiptCard({ event }: { event: CaseEvent }) {
  return (
    <div className={css.card}>
      <dl>
        <dt>序号</dt>
        <dd>{event.seq}</dd>
        <dt>时间</dt>
        <dd>{minuteOf(event.at)}</dd>
        <dt>存证哈希</dt>
        <dd>
          <Typography.Text className={css.hash} copyable={{ text: event.hash, tooltips: ['复制', '已复制'] }}>
            {event.hash}
          </Typography.Text>
        </dd>
        {event.previous && (
          <>
            <dt>前一哈希</dt>
            <dd className={css.hash}>{event.previous.slice(0, 16)}…</dd>
          </>
        )}
        {event.ruleVersion && (
          <>
            <dt>规则版本</dt>
            <dd>{event.ruleVersion}</dd>
          </>
        )}
      </dl>
    </div>
  )
}

import { CheckCircleFilled } from '@ant-design/icons'
import type { CaseEvent, Verb } from '../api/types'
import { ReceiptCard } from '../case/ReceiptCard'
import css from './Receipt.module.css'

/** After the button: what was recorded, where, and what follows. */
export function Receipt({ verb, events }: { verb: Verb; events: CaseEvent[] }) {
  return (
    <div className={css.receipt} role="status" data-testid="receipt">
      <p className={css.done}><CheckCircleFilled aria-hidden="true" /> {verb.title}：已记录</p>
      {events.length === 0 && <p className={css.soft}>记录正在写入，稍后可以在办理记录中查看回执。</p>}
      {events.map((e) => (
        <div key={e.seq} className={css.event}>
          <h3>{e.title}</h3>
          {e.detail && <p className={css.soft}>{e.detail}</p>}
          <ReceiptCard event={e} />
        </div>
      ))}
      <p className={css.soft}>回执长期保存在办理记录中，可凭存证哈希核验。</p>
    </div>
  )
}

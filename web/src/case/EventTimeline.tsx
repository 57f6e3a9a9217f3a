import type { CaseEvent } from '../api/types'
import { minuteOf } from '../moments'
import css from './EventTimeline.module.css'
import { ReceiptCard } from './ReceiptCard'

/** What happened, newest first, each with its receipt. */
export function EventTimeline({ events }: { events: CaseEvent[] }) {
  return (
    <section aria-label="办理记录">
      <h2 className={css.heading}>办理记录（{events.length}）</h2>
      <ol className={css.events}>
        {[...events].sort((a, b) => b.seq - a.seq).map((e) => (
          <li key={e.seq}>
            <p className={css.at}>{minuteOf(e.at)}</p>
            <p className={css.title}>{e.title}</p>
            <p className={css.who}>
              {e.actor.kind === 'system' ? '系统' : e.actor.name}{e.agency && ` · ${e.agency.name}`}
            </p>
            {e.detail && <p className={css.detail}>{e.detail}</p>}
            {e.citation && <p className={css.who}>{e.citation.title}</p>}
            <details className={css.receipt}>
              <summary>回执 <code>{e.hash.slice(0, 8)}</code></summary>
              <ReceiptCard event={e} />
            </details>
          </li>
        ))}
      </ol>
    </section>
  )
}

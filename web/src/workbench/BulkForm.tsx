import type { Task } from '../api/types'
import { PhraseArea } from '../desk/PhraseArea'
import css from './BulkDrawer.module.css'
import { taskTitle } from './taskTitle'
import { TaskTerm } from './TaskTerm'

interface Props {
  tasks: Task[]
  today: string
  reasons: Record<string, string>
  tried: boolean // missing reasons are pointed at only after the first try
  change: (id: string, text: string) => void
}

export function BulkForm({ tasks, today, reasons, tried, change }: Props) {
  return (
    <ol className={css.items}>
      {tasks.map((t) => {
        const missing = tried && !reasons[t.id]?.trim()
        return (
          <li key={t.id} className={css.item} data-testid="bulk-item">
            <div className={css.line}>
              <strong>{taskTitle(t)}</strong>
              <div><TaskTerm task={t} today={today} open /></div>
            </div>
            <p className={css.soft}>{t.stepTitle} · {t.agency.name}{t.citation && ` · ${t.citation.title}`}</p>
            <label htmlFor={`reason-${t.id}`}>审签理由</label>
            <PhraseArea
              id={`reason-${t.id}`} step={t.step} value={reasons[t.id] ?? ''} rows={2} invalid={missing}
              onChange={(text) => change(t.id, text)}
            />
            {missing && <p className={css.fault}>请写明这一件的理由</p>}
          </li>
        )
      })}
    </ol>
  )
}

import { CheckOutlined, MinusOutlined } from '@ant-design/icons'
import type { Step } from '../api/types'
import { articleWords, shortTitle } from '../citation'
import { useWide } from '../frame/useWide'
import { lastDayOf, minuteOf } from '../moments'
import css from './ProcedureMap.module.css'

const stateWords: Record<Step['state'], string> = {
  done: '已办', now: '正在办理', next: '未到', skipped: '不经过',
}

/** The procedure as it runs for this case, a list to a screen reader. */
export function ProcedureMap({ steps }: { steps: Step[] }) {
  const wide = useWide()
  const at = steps.findIndex((s) => s.state === 'now')
  const now = steps[at]
  const list = (
    <ol className={css.steps} aria-label="办理程序">
      {steps.map((s) => (
        <li key={s.key} data-state={s.state} aria-current={s.state === 'now' ? 'step' : undefined}>
          <span className={css.mark} aria-hidden="true">
            {s.state === 'done' ? <CheckOutlined /> : s.state === 'skipped' ? <MinusOutlined /> : null}
          </span>
          <div>
            <p className={css.title}>{s.title}<span className="visually-hidden">（{stateWords[s.state]}）</span></p>
            {s.who && <p className={css.facts}>{s.who}</p>}
            <p className={css.facts}>{typeof s.article === 'string' ? articleWords(s.article) : shortTitle(s.article)}</p>
            {s.at && <p className={css.facts}>{minuteOf(s.at)}</p>}
            {!s.at && s.dueAt && s.state !== 'skipped' && <p className={css.due}>期限至 {lastDayOf(s.dueAt)}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
  if (wide) return <section className={css.map}><h2>办理程序</h2>{list}</section>
  return (
    <details className={css.fold}>
      <summary>
        {now ? <>第 {at + 1} 步，共 {steps.length} 步：<strong>{now.title}</strong></> : '办理程序（已办结）'}
      </summary>
      {list}
    </details>
  )
}

import { Alert } from 'antd'
import type { Consultation, Waiting } from '../api/contract'
import { Assignees } from '../desk/Assignees'
import { AgencyTag } from '../frame/AgencyTag'
import { lastDayOf, minuteOf } from '../moments'
import section from './Section.module.css'
import css from './WaitingList.module.css'

/** What the case waits for, on whom, until when. */
export function WaitingList({ waiting }: { waiting: Waiting[] }) {
  if (waiting.length === 0) return null
  return (
    <section className={section.sheet} data-testid="waiting">
      <h2>正在等待（{waiting.length}）</h2>
      <ul className={css.list}>
        {waiting.map((w) => (
          <li key={w.taskId}>
            <div className={css.head}>
              <h3>{w.title}</h3>
              <AgencyTag agency={w.agency} max={20} />
              {w.dueAt && <span className={css.due}>至 {lastDayOf(w.dueAt)}</span>}
            </div>
            {w.vacant && (
              <Alert type="error" showIcon title="岗位空缺，无人可办" description="已提请上级处理。岗位设置后即可办理；期限照常计算，不因空缺视为同意。" />
            )}
            {!w.vacant && (
              <Assignees mode={w.mode} assignees={w.assignees} at={(a) => (a.at && a.state !== 'waiting' ? ` ${minuteOf(a.at)}` : '')} />
            )}
            {w.urgedAt && <p className={css.soft}>{minuteOf(w.urgedAt)} 已催办</p>}
            {w.consultations.map((c) => <Advice key={c.id} consultation={c} />)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Advice({ consultation: c }: { consultation: Consultation }) {
  return (
    <div className={css.advice}>
      <p className={css.soft}>{minuteOf(c.askedAt)} {c.askedByName} 委派 {c.name} 提供意见（仅供参考，不代替决定）</p>
      <p>{c.question}</p>
      {c.answeredAt
        ? <p><strong>{c.name}：</strong>{c.advice}<span className={css.soft}>　{minuteOf(c.answeredAt)}</span></p>
        : <p className={css.soft}>尚未答复</p>}
    </div>
  )
}

import type { Clock, ClockDay } from '../api/types'
import { dayInWords, minuteOf } from '../moments'
import { ClockCalendar } from './ClockCalendar'
import css from './ClockPanel.module.css'
import { ClockPauses } from './ClockPauses'
import { amount, endInWords } from './signal'

const basisNotes: Record<Clock['basisKind'], string> = {
  法定: '法律、法规规定的期限',
  参照: '参照执行的期限：到期提醒并通报，不单独构成违规',
  本区设定: '本区自行设定的期限：到期提醒并通报，不单独构成违规',
}

/** How the term was counted: every day, the source, and what kind of term it is. */
export function ClockPanel({ clock, today }: { clock: Clock; today: string }) {
  const count = (kind: ClockDay['kind']) => clock.days.filter((d) => d.kind === kind).length
  return (
    <div className={css.panel} data-testid="clock-panel">
      <dl className={css.facts}>
        <dt>起算</dt>
        <dd>{clock.unit === 'hour' ? `${minuteOf(clock.startedOn)}起连续计算` : `${dayInWords(clock.startedOn)}收到，次日起算`}</dd>
        <dt>期限</dt>
        <dd>
          {amount(clock.value, clock.unit)}
          {clock.extended > 0 && `，延长 ${amount(clock.extended, clock.unit)}`}
        </dd>
        <dt>届满</dt>
        <dd>{endInWords(clock)}{clock.provisional && '（暂定）'}</dd>
        {clock.stoppedAt && (
          <>
            <dt>停止</dt>
            <dd>{minuteOf(clock.stoppedAt)}{clock.stopReason && `，${clock.stopReason}`}</dd>
          </>
        )}
      </dl>
      {clock.days.length > 0 && <ClockCalendar days={clock.days} today={today} lastDay={clock.lastDay} />}
      {clock.days.length > 0 && (
        <ul className={css.legend}>
          <li data-kind="counted">计入 {count('counted')} 天</li>
          <li data-kind="skipped">不计 {count('skipped')} 天</li>
          {count('suspended') > 0 && <li data-kind="suspended">中止 {count('suspended')} 天</li>}
        </ul>
      )}
      <p className={css.source}>
        <strong>{clock.basisKind}</strong>　{basisNotes[clock.basisKind]}。
        来源：{clock.citation?.title ?? clock.source}
        {clock.citation && clock.source && clock.source !== clock.citation.title && `；${clock.source}`}
      </p>
      <ClockPauses clock={clock} />
      {clock.provisional && (
        <p className={css.provisional}>部分年份的放假安排尚未公布，相关日期按周末暂计，公布后重算。</p>
      )}
      <p className={css.version}>工作日历 {clock.calendarVersion}</p>
    </div>
  )
}

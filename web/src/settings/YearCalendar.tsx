import type { CalendarYear } from '../api/contract'
import css from './YearCalendar.module.css'
import { monthsOf, weekdays, type YearDay } from './yearDays'

const marks: Record<YearDay['kind'], string> = { work: '', weekend: '', holiday: '休', shifted: '班' }

/** Twelve small months; what differs from a plain week is marked 休 or 班 and named. */
export function YearCalendar({ year, today }: { year: CalendarYear; today: string }) {
  const special = year.days.filter((d) => d.name)
  return (
    <div data-testid="year-calendar">
      <div className={css.months}>
        {monthsOf(year).map((weeks, m) => (
          <table key={m} className={css.month}>
            <caption>{m + 1} 月</caption>
            <thead><tr>{weekdays.map((d) => <th key={d} scope="col">{d}</th>)}</tr></thead>
            <tbody>
              {weeks.map((week, w) => (
                <tr key={w}>
                  {week.map((d, i) => d ? (
                    <td key={d.day} data-kind={d.kind} aria-current={d.day === today ? 'date' : undefined} title={[d.day, d.name].filter(Boolean).join(' ')}>
                      {Number(d.day.slice(8))}{marks[d.kind] && <small>{marks[d.kind]}</small>}
                    </td>
                  ) : <td key={`empty-${i}`} />)}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
      <ul className={css.legend}>
        <li data-kind="holiday">休：放假</li>
        <li data-kind="shifted">班：周末调为上班</li>
        <li data-kind="weekend">周末</li>
      </ul>
      {special.length > 0 && (
        <details className={css.list}>
          <summary>逐日列出（{special.length}）</summary>
          <ul>{special.map((d) => <li key={d.day}>{d.day}　{d.off ? '放假' : '上班'}　{d.name}</li>)}</ul>
        </details>
      )}
    </div>
  )
}

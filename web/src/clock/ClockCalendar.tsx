import type { ClockDay } from '../api/types'
import css from './ClockCalendar.module.css'

const kindWords: Record<ClockDay['kind'], string> = {
  received: '收件', counted: '计入', skipped: '不计', suspended: '中止',
}
const weekdays = ['一', '二', '三', '四', '五', '六', '日']

interface Props { days: ClockDay[]; today: string; lastDay: string }

/** Small months, Monday first; each day of the clock says whether and why it counts. */
export function ClockCalendar({ days, today, lastDay }: Props) {
  const byDay = new Map(days.map((d) => [d.day, d]))
  const months = [...new Set(days.map((d) => d.day.slice(0, 7)))].sort()
  const numbers = new Map(
    days.filter((d) => d.kind === 'counted').map((d, i) => [d.day, i + 1] as const),
  )
  return (
    <div className={css.months}>
      {months.map((month) => (
        <table key={month} className={css.month}>
          <caption>{`${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`}</caption>
          <thead>
            <tr>{weekdays.map((d) => <th key={d} scope="col">{d}</th>)}</tr>
          </thead>
          <tbody>
            {weeksOf(month).filter((week) => week.some((day) => day && byDay.has(day))).map((week, i) => (
              <tr key={week.find(Boolean) ?? i}>
                {week.map((day, j) => {
                  if (!day) return <td key={`empty-${j}`} />
                  const d = byDay.get(day)
                  const words = d
                    ? [day, kindWords[d.kind], numbers.has(day) ? `第${numbers.get(day)}日` : '', d.note, day === lastDay ? '届满' : '']
                      .filter(Boolean).join(' ')
                    : day
                  return (
                    <td
                      key={day}
                      data-kind={d?.kind}
                      data-last={day === lastDay || undefined}
                      aria-current={day === today ? 'date' : undefined}
                      title={words}
                    >
                      <span>{Number(day.slice(8))}</span>
                      {d && <span className="visually-hidden">{words}</span>}
                      {d && <small aria-hidden="true">{mark(d, numbers.get(day))}</small>}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  )
}

function mark(d: ClockDay, nth: number | undefined): string {
  if (d.kind === 'counted') return d.note.includes('调休') || d.note.includes('班') ? `班${nth}` : String(nth)
  if (d.kind === 'received') return '收'
  if (d.kind === 'suspended') return '停'
  return d.note && !d.note.startsWith('周') ? '休' : ''
}

/** The weeks of a month as rows of seven; null where the row is outside the month. */
function weeksOf(month: string): (string | null)[][] {
  const first = new Date(`${month}-01T00:00:00Z`)
  const lead = (first.getUTCDay() + 6) % 7
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  const cells: (string | null)[] = Array<null>(lead).fill(null)
  for (let n = 1; n <= length; n++) cells.push(`${month}-${String(n).padStart(2, '0')}`)
  while (cells.length % 7) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7))
}

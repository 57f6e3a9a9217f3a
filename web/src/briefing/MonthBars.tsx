import type { Briefing } from '../api/contract'
import css from './MonthBars.module.css'

/** Received and closed by month, side by side, each with its number. */
export function MonthBars({ months }: { months: Briefing['byMonth'] }) {
  const shown = months.slice(-12)
  const most = Math.max(1, ...shown.flatMap((m) => [m.received, m.closed]))
  if (shown.length === 0) return <p className={css.none}>没有可以比较的月份。</p>
  const height = (n: number) => Math.round((n / most) * 60)
  return (
    <>
      <svg className={css.chart} viewBox={`0 0 ${shown.length * 40} 92`} style={{ maxWidth: shown.length * 56 }} role="img" aria-label={shown.map((m) => `${m.month} 受理 ${m.received} 件，办结 ${m.closed} 件`).join('；')}>
        <line x1="0" x2={shown.length * 40} y1="74.5" y2="74.5" className={css.axis} />
        {shown.map((m, i) => (
          <g key={m.month} transform={`translate(${i * 40} 0)`}>
            <rect x="6" width="13" y={74 - height(m.received)} height={height(m.received)} className={css.received} />
            <rect x="21" width="13" y={74 - height(m.closed)} height={height(m.closed)} className={css.closed} />
            <text x="12.5" y={71 - height(m.received)} className={css.number}>{m.received}</text>
            <text x="27.5" y={71 - height(m.closed)} className={css.number}>{m.closed}</text>
            <text x="20" y="87" className={css.month}>{Number(m.month.slice(5))}月</text>
          </g>
        ))}
      </svg>
      <p className={css.legend}><i data-kind="received" /> 受理　<i data-kind="closed" /> 办结</p>
    </>
  )
}

import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import type { CalendarDay, ImportReport } from '../api/contract'
import { lastDayOf } from '../moments'
import { DataTable } from '../table/DataTable'
import css from './CalendarReport.module.css'

const dayText = (d: CalendarDay) => `${d.day} ${d.off ? '放假' : '上班'}${d.name && `（${d.name}）`}`
const ends = (at: string | null) => (at ? lastDayOf(at) : '—')

/** What the import changes: days, and the terms of open cases before and after. */
export function CalendarReport({ report, applied }: { report: ImportReport; applied: boolean }) {
  const moved = (r: ImportReport['report'][number]) => ((r.after ?? '') < (r.before ?? '') ? '提前' : r.after === r.before ? '不变' : '推后')
  return (
    <section className={css.report} role="status" data-testid="import-report">
      <h3>{report.year} 年：{applied ? '已导入' : '试算结果'}</h3>
      {report.warnings?.map((w) => <Alert key={w} type="warning" showIcon title={w} />)}
      <p>新增或改变 {report.added.length} 天，取消 {report.removed.length} 天；{applied ? '重算了' : '将重算'} {report.affected} 件在办事项的期限。</p>
      {report.added.length + report.removed.length > 0 && (
        <details>
          <summary>逐日列出</summary>
          <ul className={css.days}>
            {report.added.map((d) => <li key={`a${dayText(d)}`}>＋ {dayText(d)}</li>)}
            {report.removed.map((d) => <li key={`r${dayText(d)}`}>－ {dayText(d)}</li>)}
          </ul>
        </details>
      )}
      <DataTable
        label="期限变化" rows={report.report} rowKey={(r) => r.caseId + r.clock} empty={<p className={css.none}>没有在办期限受影响。</p>}
        columns={[
          { title: '事项', cell: (r) => <Link to="/share-requests/$caseId" params={{ caseId: r.caseId }}>{r.title}</Link> },
          { title: '期限', width: '20%', cell: (r) => r.clock },
          { title: '原', width: '16%', cell: (r) => ends(r.before) },
          { title: '新', width: '16%', cell: (r) => ends(r.after) },
          { title: '变化', width: '10%', cell: moved },
        ]}
        card={(r) => <><p>{r.title}</p><p>{r.clock}：{ends(r.before)} → {ends(r.after)}（{moved(r)}）</p></>}
      />
      {report.report.length >= 200 && <p className={css.none}>只列出前 {report.report.length} 个。</p>}
    </section>
  )
}

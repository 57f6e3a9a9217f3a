import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Input } from 'antd'
import { useState } from 'react'
import { office } from '../api/office'
import type { CalendarImport, ImportReport } from '../api/contract'
import { FileChoice } from '../frame/FileChoice'
import { useWide } from '../frame/useWide'
import { ProblemNote } from '../state/ProblemNote'
import { CalendarReport } from './CalendarReport'
import css from './Settings.module.css'

const maxFile = 1024 * 1024

/** First a dry run that says what would change, day by day and case by case; then the import itself. */
export function CalendarImportDrawer({ close }: { close: () => void }) {
  const wide = useWide()
  const client = useQueryClient()
  const [file, setFile] = useState<Omit<CalendarImport, 'apply' | 'source'> & { name: string }>()
  const [fault, setFault] = useState('')
  const [source, setSource] = useState('')
  const [report, setReport] = useState<ImportReport>()
  const [applied, setApplied] = useState(false)
  const importing = useMutation({
    mutationFn: (apply: boolean) => office.importCalendar({ file: file?.file ?? '', format: file?.format ?? 'json', source: source.trim(), apply }),
    onSuccess: (answer, apply) => {
      setReport(answer)
      setApplied(apply)
      if (apply) void client.invalidateQueries({ predicate: (q) => ['calendar', 'district', 'tasks', 'request', 'requests'].includes(String(q.queryKey[0])) })
    },
  })
  const take = async (chosen: File | undefined) => {
    setReport(undefined)
    setFile(undefined)
    setFault('')
    if (!chosen) return
    const format = /\.(json|csv)$/i.exec(chosen.name)?.[1]?.toLowerCase()
    if (!format) return setFault('只接受 JSON 或者 CSV 文件。')
    if (chosen.size > maxFile) return setFault('文件超过 1 MB，不像是一个年度的放假安排。')
    setFile({ name: chosen.name, file: await chosen.text(), format: format as 'json' | 'csv' })
  }
  return (
    <Drawer
      open title="导入年度放假安排" onClose={close} placement={wide ? 'right' : 'bottom'} size={wide ? 720 : '92dvh'} mask={{ closable: false }}
      data-testid="import-drawer"
      footer={
        <>
          {!applied && (
            <p className={css.next} data-testid="what-next">
              <strong>此后　</strong>
              {report
                ? `正式导入，并重算 ${report.affected} 件在办事项的期限；每个变动的事项各有一条记录。`
                : '先试算：逐日列出新增和取消的日子，逐件列出期限前后的变化，不改动任何数据。'}
            </p>
          )}
          <div className={css.buttons}>
            {applied ? <Button type="primary" size="large" onClick={close}>完成</Button> : (
              <>
                <Button size="large" onClick={close}>取消</Button>
                <Button size="large" type={report ? 'default' : 'primary'} disabled={!file} loading={importing.isPending && importing.variables === false} onClick={() => importing.mutate(false)} data-testid="dry-run">试算</Button>
                {report && <Button size="large" type="primary" loading={importing.isPending && importing.variables} onClick={() => importing.mutate(true)} data-testid="apply-import">正式导入</Button>}
              </>
            )}
          </div>
        </>
      }
    >
      {!applied && (
        <div className={css.card}>
          <p>年度安排文件（JSON 或者 CSV）</p>
          <FileChoice label="选择文件" accept=".json,.csv" take={(chosen) => void take(chosen)} testId="calendar-file" />
          {fault && <p className={css.fault} role="alert">{fault}</p>}
          <label htmlFor="calendar-source">公布文件（文件里没有写明通知的才填）</label>
          <Input id="calendar-source" value={source} onChange={(e) => setSource(e.target.value)} maxLength={200} placeholder="例如：国办发明电〔2026〕7号" />
        </div>
      )}
      <ProblemNote error={importing.error} />
      {report && <CalendarReport report={report} applied={applied} />}
    </Drawer>
  )
}

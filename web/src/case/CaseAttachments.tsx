import { DownloadOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import type { Attachment } from '../api/contract'
import { office } from '../api/office'
import { caseChanged } from '../api/queries'
import { FileDrop } from '../attachments/FileDrop'
import { sizeWords } from '../attachments/files'
import { minuteOf } from '../moments'
import css from './CaseAttachments.module.css'
import section from './Section.module.css'

interface Props { caseId: string; attachments: Attachment[]; open: boolean }

/** The files of the case, each with its hash; more can be added while the case is open. */
export function CaseAttachments({ caseId, attachments, open }: Props) {
  const client = useQueryClient()
  const { message } = App.useApp()
  const fetching = useMutation({
    mutationFn: office.attachmentFile,
    onError: (error) => void message.error(`没有下载：${error.message}`),
  })
  if (!open && attachments.length === 0) return null
  return (
    <section className={section.sheet} data-testid="attachments">
      <h2>附件（{attachments.length}）</h2>
      <ul className={css.list}>
        {attachments.map((a) => (
          <li key={a.id}>
            <Button type="link" className={css.name} icon={<DownloadOutlined />} onClick={() => fetching.mutate(a)}>{a.name}</Button>
            <p className={css.soft}>
              {sizeWords(a.bytes)} · {a.agency.name} {a.uploadedByName} {minuteOf(a.at)}{a.note && ` · ${a.note}`}
            </p>
            <p className={css.soft}>SHA-256 <code>{a.sha256}</code></p>
          </li>
        ))}
      </ul>
      {open && <FileDrop caseId={caseId} done={() => caseChanged(client, caseId)} />}
    </section>
  )
}

import { DownloadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import type { PaperFile, PaperSummary } from '../api/contract'
import { office } from '../api/office'
import { sizeWords } from '../attachments/files'
import css from './Paper.module.css'

/** The files of a paper; each says its size, so that a phone knows what it fetches. */
export function PaperFiles({ paper, size = 'middle' }: { paper: PaperSummary; size?: 'small' | 'middle' }) {
  const { message } = App.useApp()
  const fetching = useMutation({
    mutationFn: (file: PaperFile) => office.paperFile(paper.id, file.format, paper.number || paper.title),
    onError: (error) => void message.error(`没有下载：${error.message}`),
  })
  return (
    <span className={css.files}>
      {paper.files.map((f) => (
        <Button
          key={f.format} size={size} icon={<DownloadOutlined />} onClick={() => fetching.mutate(f)}
          loading={fetching.isPending && fetching.variables.format === f.format} title={`SHA-256 ${f.sha256}`}
          data-testid={`paper-${f.format}`}
        >
          {f.format.toUpperCase()}　{sizeWords(f.bytes)}
        </Button>
      ))}
    </span>
  )
}

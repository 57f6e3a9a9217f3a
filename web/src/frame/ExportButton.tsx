import { DownloadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { office } from '../api/office'
import type { ExportPath } from '../api/wire'

interface Props { path: ExportPath; query?: object; name: string; label?: string }

/** The list as it is filtered now, as a spreadsheet. */
export function ExportButton({ path, query = {}, name, label = '导出 XLSX' }: Props) {
  const { message } = App.useApp()
  const fetching = useMutation({
    mutationFn: () => office.exportList(path, query, name),
    onError: (error) => void message.error(`没有导出：${error.message}`),
  })
  return (
    <Button icon={<DownloadOutlined />} loading={fetching.isPending} onClick={() => fetching.mutate()} data-testid="export">
      {label}
    </Button>
  )
}

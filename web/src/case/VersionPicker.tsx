import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { versionsQuery } from '../api/officeQueries'
import type { AsOf } from '../api/contract'
import { minuteOf } from '../moments'
import css from './VersionPicker.module.css'

/** The case as it stood: pick one of its versions, or any moment. */
export function VersionPicker({ caseId, at }: { caseId: string; at: AsOf }) {
  const versions = useQuery(versionsQuery(caseId))
  const navigate = useNavigate()
  const go = (to: AsOf & { act?: undefined }) =>
    void navigate({ to: '/share-requests/$caseId', params: { caseId }, search: to })
  return (
    <section className={css.picker} aria-label="历史状态">
      <h2>历史状态</h2>
      <Select
        allowClear placeholder="选择一个版本" aria-label="选择一个版本" value={at.version} data-testid="versions"
        loading={versions.isPending} popupMatchSelectWidth={false}
        notFoundContent={versions.isError ? '没有取到历史版本' : '没有历史版本'}
        onChange={(version?: number) => go({ version })}
        options={[...(versions.data?.items ?? [])].reverse().map((v) => ({
          value: v.version, label: `第 ${v.version} 版　${minuteOf(v.at)}　${v.title}`,
        }))}
      />
      <DatePicker
        showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" placeholder="或者任一时刻" aria-label="任一时刻"
        value={at.at ? dayjs(at.at) : null} maxDate={dayjs()}
        onChange={(value: dayjs.Dayjs | null) => go(value ? { at: value.toISOString() } : {})}
      />
    </section>
  )
}

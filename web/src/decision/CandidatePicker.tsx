import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import type { CandidatePurpose } from '../api/contract'
import { candidatesQuery } from '../api/officeQueries'
import { ManySelect } from '../frame/ManySelect'
import { candidateOptions, matches } from './candidates'

interface Props {
  id?: string
  value?: string | string[]
  onChange?: (value: string | string[]) => void
  taskId: string
  purpose: CandidatePurpose
  max: number // 1 is a choice of one
}

/** Who may be asked: searched by name or agency; the server says who is fit for it. */
export function CandidatePicker({ id, value, onChange, taskId, purpose, max }: Props) {
  const candidates = useQuery(candidatesQuery(taskId, purpose))
  const props = {
    id, loading: candidates.isPending, placeholder: '按姓名或机构查找', 'data-testid': 'candidates', listHeight: 320,
    showSearch: { filterOption: matches },
    options: candidateOptions(candidates.data?.items ?? []),
    notFoundContent: candidates.isError ? `没有取到人选：${candidates.error.message}` : candidates.isPending ? '正在查找…' : '没有符合条件的人',
  }
  return max > 1
    ? <ManySelect {...props} maxCount={max} value={value as string[] | undefined} onChange={onChange} />
    : <Select<string> {...props} value={value as string | undefined} onChange={onChange} />
}

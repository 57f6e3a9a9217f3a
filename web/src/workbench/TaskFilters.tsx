import { Button, Input, Select } from 'antd'
import type { Task } from '../api/types'
import { type TaskFilter, termChoices } from './filter'
import css from './TaskFilters.module.css'

interface Props { tasks: Task[]; filter: TaskFilter; change: (filter: TaskFilter) => void }

/** The filters of the workbench; they live in the address, so a view can be kept and sent. */
export function TaskFilters({ tasks, filter, change }: Props) {
  const steps = [...new Set(tasks.map((t) => t.stepTitle))].sort()
  const agencies = [...new Map(tasks.map((t) => [t.agency.id, t.agency.name]))]
  const any = Boolean(filter.step || filter.agency || filter.term || filter.q)
  return (
    <form className={css.filters} aria-label="筛选" onSubmit={(e) => e.preventDefault()}>
      <Input
        className={css.words}
        allowClear
        value={filter.q ?? ''}
        onChange={(e) => change({ q: e.target.value || undefined })}
        placeholder="事项名称"
        aria-label="按事项名称筛选"
      />
      <Select
        className={css.choice} allowClear placeholder="全部环节" aria-label="按环节筛选"
        value={filter.step} onChange={(step?: string) => change({ step })}
        options={steps.map((value) => ({ value, label: value }))}
      />
      <Select
        className={css.choice} allowClear placeholder="全部机构" aria-label="按当事机构筛选"
        value={filter.agency} onChange={(agency?: string) => change({ agency })}
        options={agencies.map(([value, label]) => ({ value, label }))}
        popupMatchSelectWidth={false}
      />
      <Select
        className={css.choice} allowClear placeholder="全部时限" aria-label="按剩余时限筛选"
        value={filter.term} onChange={(term?: string) => change({ term })}
        options={Object.entries(termChoices).map(([value, label]) => ({ value, label }))}
      />
      {any && (
        <Button type="link" onClick={() => change({ q: undefined, step: undefined, agency: undefined, term: undefined })}>
          清除筛选
        </Button>
      )}
    </form>
  )
}

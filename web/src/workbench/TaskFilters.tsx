import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { agenciesQuery } from '../api/queries'
import type { Box, Due, TaskFilter } from '../api/types'
import { dueChoices, filtered, stepChoices } from './filter'
import css from './TaskFilters.module.css'

interface Props { box: Box; filter: TaskFilter; change: (filter: TaskFilter) => void }

/** The filters of the workbench; they live in the address, so a view can be kept and sent. */
export function TaskFilters({ box, filter, change }: Props) {
  const agencies = useQuery(agenciesQuery).data?.items ?? []
  return (
    <form className={css.filters} aria-label="筛选" onSubmit={(e) => e.preventDefault()}>
      <WordsFilter value={filter.q} change={(q) => change({ q })} />
      <Select
        className={css.choice} allowClear placeholder={box === 'started' ? '全部状态' : '全部环节'} aria-label="按环节筛选"
        value={filter.step} onChange={(step?: string) => change({ step })}
        options={stepChoices(box)} popupMatchSelectWidth={false}
      />
      <Select
        className={css.choice} allowClear placeholder="全部机构" aria-label="按当事机构筛选"
        value={filter.agency} onChange={(agency?: string) => change({ agency })}
        showSearch={{ optionFilterProp: 'label' }}
        options={agencies.map((a) => ({ value: a.id, label: a.name }))}
        popupMatchSelectWidth={false}
      />
      <Select
        className={css.choice} allowClear placeholder="全部时限" aria-label="按剩余时限筛选"
        value={filter.due} onChange={(due?: Due) => change({ due })}
        options={Object.entries(dueChoices).map(([value, label]) => ({ value, label }))}
      />
      {filtered(filter) && (
        <Button type="link" onClick={() => change({ q: undefined, step: undefined, agency: undefined, due: undefined })}>
          清除筛选
        </Button>
      )}
    </form>
  )
}

/** Words go to the address when the typing rests, so that not every letter is a request. */
function WordsFilter({ value, change }: { value?: string; change: (q: string | undefined) => void }) {
  const [words, setWords] = useState(value ?? '')
  const sent = useRef(value)
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value // changed from outside: cleared, or the way back was taken
    setWords(value ?? '')
  }, [value])
  useEffect(() => {
    const wanted = words.trim() || undefined
    if (wanted === sent.current) return
    const rest = setTimeout(() => {
      sent.current = wanted
      change(wanted)
    }, 300)
    return () => clearTimeout(rest)
  })
  return (
    <Input
      className={css.words} allowClear value={words} maxLength={100}
      onChange={(e) => setWords(e.target.value)}
      placeholder="事项名称或编号" aria-label="按事项名称筛选"
    />
  )
}

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { App, Tabs } from 'antd'
import { useState } from 'react'
import { tasksQuery, taskCountsQuery } from '../api/queries'
import type { Box, Task, TaskFilter } from '../api/types'
import { ExportButton } from '../frame/ExportButton'
import { PageHead } from '../frame/PageHead'
import { useWide } from '../frame/useWide'
import { useDistrict, useMe } from '../session/useMe'
import { EmptyState } from '../state/EmptyState'
import { ErrorState } from '../state/ErrorState'
import { DataTable } from '../table/DataTable'
import { More } from '../table/More'
import { boxWords } from '../words'
import { whyNotBulk } from './bulk'
import { BulkBar } from './BulkBar'
import { BulkDrawer } from './BulkDrawer'
import { countWords, filtered, filterOf } from './filter'
import { TaskAlarms } from './TaskAlarms'
import { TaskCard } from './TaskCard'
import { taskColumns } from './taskColumns'
import { TaskFilters } from './TaskFilters'
import { taskTitle } from './taskTitle'
import { useRowKeys } from './useRowKeys'
import { useSelection } from './useSelection'
import css from './WorkbenchPage.module.css'

const route = getRouteApi('/framed/workbench')
const boxes = Object.keys(boxWords) as Box[]
const emptyWords: Record<Box, [title: string, text: string]> = {
  todo: ['没有待办事项', '轮到您审签、审查或者答复的事项会按法定剩余时限排在这里。'],
  done: ['还没有办过的事项', '您办理过的事项会留在这里，可以随时查看后续进展。'],
  started: ['还没有发起过事项', '您发起的共享申请会列在这里。从目录中找到需要的数据即可申请。'],
  cc: ['没有抄送给您的事项', '需要您知悉、不需要您办理的事项会列在这里。'],
  followed: ['没有关注的事项', '在事项页点“关注”，就可以在这里随时看到它的进展。'],
}
const free = (t: Task) => whyNotBulk(t) === ''

export function WorkbenchPage() {
  const me = useMe()
  const { today } = useDistrict()
  const wide = useWide()
  const { message } = App.useApp()
  const search = route.useSearch()
  const navigate = useNavigate()
  const box = search.box ?? 'todo'
  const filter = filterOf(search)
  const [bulk, setBulk] = useState<Task[]>()
  const counts = useQuery(taskCountsQuery).data
  const tasks = useInfiniteQuery(tasksQuery(box, filter))
  const rows = tasks.data?.pages.flatMap((page) => page.items)
  const marks = useSelection(box === 'todo' ? rows : undefined, (t) => t.id, free)
  const marking = marks.selected.length > 0
  const open = (task: Task, act?: string) =>
    void navigate({ to: '/share-requests/$caseId', params: { caseId: task.caseId }, search: { act } })
  const mark = (t: Task) => {
    if (box !== 'todo') return
    if (free(t)) marks.toggle(t)
    else void message.info(`不能批量：${whyNotBulk(t)}`)
  }
  const active = useRowKeys(rows, (t) => t.id, { Enter: (t) => open(t), a: (t) => open(t, 'first'), x: mark })
  const change = (next: TaskFilter) =>
    void navigate({ to: '/workbench', search: { ...search, ...next }, replace: true })
  return (
    <>
      <PageHead
        title="工作台"
        note={<>{me.agency.name} · {me.name}{counts && <TaskAlarms counts={counts} show={(due) => void navigate({ to: '/workbench', search: { due } })} />}</>}
        action={<ExportButton path="/tasks" query={{ box, ...filter }} name={`工作台-${boxWords[box]}`} />}
      />
      <Tabs
        activeKey={box}
        onChange={(key) => void navigate({ to: '/workbench', search: { box: key as Box } })}
        items={boxes.map((key) => ({
          key,
          label: <>{boxWords[key]} <span className={css.count}>{countWords(counts?.[key])}</span></>,
        }))}
      />
      <TaskFilters box={box} filter={filter} change={change} />
      {tasks.isError ? (
        <ErrorState error={tasks.error} retry={() => void tasks.refetch()} />
      ) : (
        <DataTable
          label={boxWords[box]}
          columns={taskColumns(box, today, (t) => (marking ? whyNotBulk(t) : ''))}
          rows={rows}
          rowKey={(t) => t.id}
          active={active}
          onOpen={open}
          marking={box === 'todo' ? { has: marks.has, toggle: marks.toggle, refused: whyNotBulk, name: taskTitle } : undefined}
          card={(t) => <TaskCard task={t} today={today} box={box} />}
          empty={
            filtered(filter) ? (
              <EmptyState title="没有符合条件的事项">放宽或者清除上面的筛选条件。</EmptyState>
            ) : (
              <EmptyState title={emptyWords[box][0]}>{emptyWords[box][1]}</EmptyState>
            )
          }
        />
      )}
      <More
        has={tasks.hasNextPage} loading={tasks.isFetchingNextPage}
        load={() => void tasks.fetchNextPage()} shown={rows?.length ?? 0}
      />
      {wide && (rows?.length ?? 0) > 0 && (
        <p className={css.keys}>
          <kbd>j</kbd> <kbd>k</kbd> 上下移动　<kbd>Enter</kbd> 打开　<kbd>a</kbd> 办理　{box === 'todo' && <><kbd>x</kbd> 选入批量　</>}<kbd>/</kbd> 搜索
        </p>
      )}
      <BulkBar count={marks.selected.length} all={marks.all} clear={marks.clear} open={() => setBulk(marks.selected)} />
      {bulk && <BulkDrawer tasks={bulk} today={today} close={() => { setBulk(undefined); marks.clear() }} />}
    </>
  )
}

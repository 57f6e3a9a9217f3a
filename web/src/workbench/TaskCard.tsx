import { Link } from '@tanstack/react-router'
import type { Box, Task } from '../api/types'
import { Assignees } from '../desk/Assignees'
import { AgencyTag } from '../frame/AgencyTag'
import css from './Task.module.css'
import { taskTitle } from './taskTitle'
import { TaskTerm } from './TaskTerm'

export function TaskCard({ task, today, box }: { task: Task; today: string; box: Box }) {
  return (
    <>
      <Link className={css.card} to="/share-requests/$caseId" params={{ caseId: task.caseId }}>
        <span className={css.cardTop}>
          <span className={css.step}>{task.stepTitle}</span>
          <span className={css.cardTerm}><TaskTerm task={task} today={today} open={box === 'todo'} /></span>
        </span>
        <span className={css.cardTitle}>{taskTitle(task)}</span>
        <span className={css.under}><AgencyTag agency={task.agency} max={16} /></span>
        {task.citation && <span className={css.under}>{task.citation.title}</span>}
      </Link>
      {(task.vacant || (task.assignees?.length ?? 0) > 0) && (
        <div className={css.under}><Assignees mode={task.mode} assignees={task.assignees ?? []} vacant={task.vacant} /></div>
      )}
    </>
  )
}

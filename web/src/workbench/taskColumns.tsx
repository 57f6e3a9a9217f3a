import { Link } from '@tanstack/react-router'
import type { Box, Task } from '../api/types'
import { Assignees } from '../desk/Assignees'
import { AgencyTag } from '../frame/AgencyTag'
import { CaseNumber } from '../frame/CaseNumber'
import { CitationText } from '../frame/CitationText'
import type { Column } from '../table/DataTable'
import { kindWords, word } from '../words'
import css from './Task.module.css'
import { taskTitle } from './taskTitle'
import { TaskTerm } from './TaskTerm'

/** The columns of a box; `why` says of a row why it may not go in bulk, while somebody marks rows. */
export function taskColumns(box: Box, today: string, why: (t: Task) => string): Column<Task>[] {
  return [
    {
      title: '事项',
      cell: (t) => (
        <>
          <Link className={css.title} to="/share-requests/$caseId" params={{ caseId: t.caseId }}>
            {taskTitle(t)}
          </Link>
          <div className={css.under}>{word(kindWords, t.kind)} · <CaseNumber id={t.caseId} /></div>
          {why(t) && <div className={css.why}>不能批量：{why(t)}</div>}
        </>
      ),
    },
    {
      title: '环节和办理人',
      width: '22%',
      cell: (t) => (
        <>
          <div>{t.stepTitle}</div>
          <div className={css.under}><Assignees mode={t.mode} assignees={t.assignees ?? []} vacant={t.vacant} /></div>
        </>
      ),
    },
    { title: '当事机构', width: '14%', cell: (t) => <AgencyTag agency={t.agency} max={10} /> },
    { title: '剩余时限', width: '17%', cell: (t) => <TaskTerm task={t} today={today} open={box === 'todo'} /> },
    { title: '依据条款', width: '16%', cell: (t) => <CitationText citation={t.citation} /> },
  ]
}

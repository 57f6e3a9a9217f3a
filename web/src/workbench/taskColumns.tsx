import { Link } from '@tanstack/react-router'
import type { Box, Task } from '../api/types'
import { CitationText } from '../frame/CitationText'
import { AgencyTag } from '../frame/AgencyTag'
import type { Column } from '../table/DataTable'
import { kindWords, word } from '../words'
import css from './Task.module.css'
import { TaskTerm } from './TaskTerm'

export function taskColumns(box: Box, today: string): Column<Task>[] {
  return [
    {
      title: '事项',
      cell: (t) => (
        <>
          <Link className={css.title} to="/share-requests/$caseId" params={{ caseId: t.caseId }}>
            {t.title}
          </Link>
          <div className={css.under}>{word(kindWords, t.kind)} · <span className={css.id}>{t.caseId}</span></div>
        </>
      ),
    },
    { title: '环节', width: '16%', cell: (t) => t.stepTitle },
    { title: '当事机构', width: '15%', cell: (t) => <AgencyTag agency={t.agency} max={11} /> },
    { title: '剩余时限', width: '17%', cell: (t) => <TaskTerm task={t} today={today} open={box === 'todo'} /> },
    { title: '依据条款', width: '19%', cell: (t) => <CitationText citation={t.citation} /> },
  ]
}

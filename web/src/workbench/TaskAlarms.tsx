import { ClockCircleOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import type { Due, TaskCounts } from '../api/types'
import { countWords } from './filter'
import css from './WorkbenchPage.module.css'

/** How many burn and how many soon will; each is the way to them. */
export function TaskAlarms({ counts, show }: { counts: TaskCounts; show: (due: Due) => void }) {
  const soon = counts.soon ?? 0
  return (
    <>
      {counts.overdue > 0 && (
        <button type="button" className={css.overdue} onClick={() => show('overdue')}>
          <ExclamationCircleFilled aria-hidden="true" /> 逾期 {countWords(counts.overdue)} 件
        </button>
      )}
      {soon > 0 && (
        <button type="button" className={css.soon} onClick={() => show('soon')}>
          <ClockCircleOutlined aria-hidden="true" /> 即将到期 {countWords(soon)} 件
        </button>
      )}
    </>
  )
}

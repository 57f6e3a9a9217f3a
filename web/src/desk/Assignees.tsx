import { CheckCircleFilled, ClockCircleOutlined, ExclamationCircleFilled, MinusCircleOutlined, SwapOutlined, UserAddOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Assignee, SeatMode } from '../api/contract'
import { assigneeWords, seatModeNotes, seatModeWords } from '../words'
import css from './Assignees.module.css'

const icons: Record<Assignee['state'], ReactNode> = {
  waiting: <ClockCircleOutlined />, signed: <CheckCircleFilled />, transferred: <SwapOutlined />, removed: <MinusCircleOutlined />, over: <MinusCircleOutlined />,
}

interface Props { mode?: SeatMode; assignees: Assignee[]; vacant?: boolean; at?: (a: Assignee) => string }

/** On whom a task waits and who has signed; a seat that nobody holds is said in red words. */
export function Assignees({ mode = 'any', assignees, vacant, at }: Props) {
  if (vacant) {
    return (
      <p className={css.vacant} data-testid="vacant">
        <ExclamationCircleFilled aria-hidden="true" /> 岗位空缺，无人可办，已提请上级处理
      </p>
    )
  }
  const live = assignees.filter((a) => a.state === 'waiting' || a.state === 'signed')
  const signed = live.filter((a) => a.state === 'signed').length
  return (
    <div className={css.people}>
      {live.length > 1 && (
        <span className={css.mode}>{seatModeWords[mode]}{at && `：${seatModeNotes[mode]}`}{mode !== 'any' && `　${signed}/${live.length} 人已签`}</span>
      )}
      <ul className={css.names} aria-label="办理人">
        {assignees.map((a, i) => (
          <li key={a.id} data-state={a.state}>
            <span aria-hidden="true">{icons[a.state]}</span>
            {mode === 'sequence' && live.length > 1 && <span className={css.nth}>{i + 1}.</span>}
            <span className={css.name}>{a.name}</span>
            {a.added && <span className={css.state}><UserAddOutlined aria-hidden="true" /> 加签</span>}
            <span className={a.state === 'waiting' && !at ? 'visually-hidden' : css.state}>{assigneeWords[a.state]}{at && a.by && `（${a.by} 代）`}{at?.(a)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

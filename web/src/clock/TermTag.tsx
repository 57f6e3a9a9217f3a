import {
  CheckCircleOutlined, ClockCircleOutlined, ExclamationCircleFilled, MinusOutlined, PauseCircleOutlined, StopOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Signal } from './signal'
import css from './TermTag.module.css'

const icons: Record<Signal, ReactNode> = {
  'in-time': <CheckCircleOutlined />,
  'due-soon': <ClockCircleOutlined />,
  overdue: <ExclamationCircleFilled />,
  suspended: <PauseCircleOutlined />,
  stopped: <StopOutlined />,
  none: <MinusOutlined />,
}

interface Props { signal: Signal; words: string; provisional?: boolean }

/** The face of a term: icon, words, color, in this order of importance. */
export function TermTag({ signal, words, provisional }: Props) {
  return (
    <span className={css.tag} data-signal={signal}>
      <span aria-hidden="true">{icons[signal]}</span>
      <span>{words}</span>
      {provisional && <span className={css.provisional} title="含假期安排尚未公布的年份，日期为暂定">暂定</span>}
    </span>
  )
}

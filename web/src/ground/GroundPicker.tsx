import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Ground } from '../api/types'
import { emptyGround } from './completeness'
import { GroundEditor } from './GroundEditor'
import css from './GroundPicker.module.css'

interface Props {
  value?: Ground[]
  onChange?: (grounds: Ground[]) => void
  today: string
  show: boolean // whether to say what is missing
  faults?: { path: string; text: string }[] // the server's, by "0.level"
}

/** The legal grounds of a refusal, one editor each. A refusal has at least one. */
export function GroundPicker({ value = [], onChange, today, show, faults = [] }: Props) {
  const grounds = value.length > 0 ? value : [emptyGround]
  const change = (at: number, ground: Ground) =>
    onChange?.(grounds.map((g, i) => (i === at ? ground : g)))
  return (
    <div className={css.picker} data-testid="ground-picker">
      {grounds.map((ground, i) => (
        <GroundEditor
          key={i}
          label={grounds.length > 1 ? `依据${i + 1}` : '依据'}
          alone={grounds.length === 1}
          ground={ground}
          today={today}
          show={show}
          faults={faults.filter((f) => f.path.startsWith(`${i}.`)).map((f) => ({ ...f, path: f.path.slice(2) }))}
          change={(g) => change(i, g)}
          remove={grounds.length > 1 ? () => onChange?.(grounds.filter((_, j) => j !== i)) : undefined}
        />
      ))}
      <Button icon={<PlusOutlined />} onClick={() => onChange?.([...grounds, emptyGround])}>再加一条依据</Button>
    </div>
  )
}

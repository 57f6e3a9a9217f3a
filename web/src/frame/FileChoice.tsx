import { FileOutlined } from '@ant-design/icons'
import { useState } from 'react'
import css from './FileChoice.module.css'

interface Props { label: string; accept: string; take: (file: File | undefined) => void; testId?: string }

/** Chooses one file, in our words and not in the browser's. */
export function FileChoice({ label, accept, take, testId }: Props) {
  const [name, setName] = useState('')
  const choose = (file: File | undefined) => {
    setName(file?.name ?? '')
    take(file)
  }
  return (
    <label className={css.choice}>
      <span className={css.button}><FileOutlined aria-hidden="true" /> {label}</span>
      <span className={css.name}>{name || '尚未选择'}</span>
      <input type="file" className="visually-hidden" accept={accept} onChange={(e) => choose(e.target.files?.[0])} data-testid={testId} />
    </label>
  )
}

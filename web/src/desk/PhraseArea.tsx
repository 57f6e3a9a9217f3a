import { UnorderedListOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Popover } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import { phrasesQuery } from '../api/officeQueries'
import css from './PhraseArea.module.css'
import { insertPhrase, phrasesFor } from './phrases'

interface Props {
  id?: string
  value?: string
  onChange?: (text: string) => void
  step?: string // phrases of this step come first
  rows?: number
  maxLength?: number
  invalid?: boolean
  ref?: Ref<{ focus: () => void }>
}

/** A field for words with one's 常用语 at hand; they go in where the cursor stands. */
export function PhraseArea({ id, value = '', onChange, step, rows = 3, maxLength = 500, invalid, ref }: Props) {
  const box = useRef<TextAreaRef>(null)
  const [open, setOpen] = useState(false)
  useImperativeHandle(ref, () => ({ focus: () => box.current?.focus() }))
  const insert = (text: string) => {
    const area = box.current?.resizableTextArea?.textArea
    const at = area?.selectionEnd ?? value.length
    onChange?.(insertPhrase(value, text, at).slice(0, maxLength))
    setOpen(false)
    area?.focus()
  }
  return (
    <div className={css.field}>
      <Input.TextArea
        ref={box} id={id} value={value} onChange={(e) => onChange?.(e.target.value)} status={invalid ? 'error' : undefined}
        aria-invalid={invalid || undefined} autoSize={{ minRows: rows, maxRows: 8 }} maxLength={maxLength} showCount
      />
      <Popover trigger="click" open={open} onOpenChange={setOpen} placement="topLeft" content={<PhraseList step={step} pick={insert} />}>
        <Button type="link" size="small" icon={<UnorderedListOutlined />} className={css.button} data-testid="phrases">常用语</Button>
      </Popover>
    </div>
  )
}

function PhraseList({ step, pick }: { step?: string; pick: (text: string) => void }) {
  const phrases = useQuery(phrasesQuery)
  if (phrases.isError) return <p className={css.none}>常用语没有取到：{phrases.error.message}</p>
  if (!phrases.data) return <p className={css.none}>正在取常用语…</p>
  const items = phrasesFor(phrases.data.items, step)
  if (items.length === 0) return <p className={css.none}>还没有常用语，可以在“设置 · 常用语”中添加。</p>
  return (
    <ul className={css.list}>
      {items.map((p) => (
        <li key={p.id}>
          <button type="button" onClick={() => pick(p.text)}>
            {p.text}{p.scope === 'agency' && <small>　本机构</small>}
          </button>
        </li>
      ))}
    </ul>
  )
}

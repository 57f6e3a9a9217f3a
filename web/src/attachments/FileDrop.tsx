import { InboxOutlined } from '@ant-design/icons'
import { Input, Progress } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { office } from '../api/office'
import { hashOf } from '../papers/verification'
import css from './FileDrop.module.css'
import { kinds, maxBytes, sizeWords, whyNotSent } from './files'

interface Sent { name: string; sha256: string; matches: boolean | undefined }
interface Props { caseId: string; done: () => void }

/** Takes a file by hand or by dropping, shows how far it is, and its hash when it has arrived. */
export function FileDrop({ caseId, done }: Props) {
  const picker = useRef<HTMLInputElement>(null)
  const [note, setNote] = useState('')
  const [part, setPart] = useState<number>()
  const [fault, setFault] = useState('')
  const [sent, setSent] = useState<Sent>()
  const [over, setOver] = useState(false)
  const take = async (file: File | undefined) => {
    if (!file || part !== undefined) return
    const refused = whyNotSent(file)
    setFault(refused)
    setSent(undefined)
    if (refused) return
    const form = new FormData()
    form.set('note', note.trim())
    form.set('file', file)
    setPart(0)
    try {
      const mine = await hashOf(file)
      const answer = await office.attach(caseId, form, setPart) // the same file again is the one that is there
      setSent({ name: answer.name, sha256: answer.sha256, matches: mine === undefined ? undefined : mine === answer.sha256 })
      setNote('')
      done()
    } catch (error) {
      setFault(`“${file.name}”没有上传：${(error as Error).message}`)
    } finally {
      setPart(undefined)
      if (picker.current) picker.current.value = ''
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    <div className={css.drop}>
      <Input value={note} onChange={(e) => setNote(e.target.value)} maxLength={500} placeholder="附件说明（可不填）" aria-label="附件说明" />
      <label
        className={css.target} data-over={over || undefined} onDrop={drop}
        onDragOver={(e) => { e.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)}
      >
        <InboxOutlined aria-hidden="true" />
        <span>把文件拖到这里，或者点此选择：{kinds.join('、')}，每个不超过 {sizeWords(maxBytes)}。上传后记录哈希，不能替换。</span>
        <input
          ref={picker} type="file" accept={kinds.map((k) => `.${k}`).join(',')} className="visually-hidden" disabled={part !== undefined}
          onChange={(e) => void take(e.target.files?.[0])} data-testid="file-drop"
        />
      </label>
      <div role="status">
        {part !== undefined && <Progress percent={Math.round(part * 100)} size="small" aria-label="上传进度" />}
        {fault && <p className={css.fault}>{fault}</p>}
        {sent && (
          <p className={css.sent}>
            “{sent.name}”已上传。SHA-256 <code>{sent.sha256}</code>
            {sent.matches === true && '（与本机文件一致）'}
            {sent.matches === false && <strong className={css.fault}>（与本机文件不一致，请重新上传）</strong>}
          </p>
        )}
      </div>
    </div>
  )
}

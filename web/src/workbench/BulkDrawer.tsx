import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useRef, useState } from 'react'
import { Intent } from '../api/intent'
import { office } from '../api/office'
import { caseChanged } from '../api/queries'
import type { Task } from '../api/types'
import { PhraseArea } from '../desk/PhraseArea'
import { useWide } from '../frame/useWide'
import { ProblemNote } from '../state/ProblemNote'
import { type BulkLine, bulkItems, bulkLines, withoutReason } from './bulk'
import css from './BulkDrawer.module.css'
import { BulkForm } from './BulkForm'
import { BulkResults } from './BulkResults'

interface Props { tasks: Task[]; today: string; close: () => void }

/** Signs several tasks, each with its own reason and each on its own; then says what became of each. */
export function BulkDrawer({ tasks, today, close }: Props) {
  const wide = useWide()
  const client = useQueryClient()
  const intent = useRef(new Intent())
  const [shown] = useState(tasks) // the list refreshes behind, the drawer keeps what was marked
  const [reasons, setReasons] = useState<Record<string, string>>({})
  const [common, setCommon] = useState('')
  const [tried, setTried] = useState(false)
  const [lines, setLines] = useState<BulkLine[]>()
  const missing = withoutReason(shown, reasons)
  const sending = useMutation({
    mutationFn: () => {
      const items = bulkItems(shown, reasons)
      return office.bulk(items, intent.current.keyFor(items))
    },
    onSuccess: ({ results }) => {
      intent.current.close()
      setLines(bulkLines(shown, results))
      caseChanged(client, undefined)
    },
  })
  const send = () => {
    setTried(true)
    if (missing.length === 0) sending.mutate()
  }
  return (
    <Drawer
      open onClose={close} title={lines ? '批量审签结果' : `批量审签 ${shown.length} 件`}
      placement={wide ? 'right' : 'bottom'} size={wide ? 680 : '92dvh'}
      mask={{ closable: Boolean(lines) }} data-testid="bulk-drawer"
      footer={lines ? (
        <div className={css.buttons}><Button type="primary" size="large" onClick={close}>完成</Button></div>
      ) : (
        <div className={css.foot}>
          <p className={css.next} data-testid="what-next">
            <strong>此后</strong>每一件各自办理、各自记录，按各自环节的条款进入下一环节；办不成的一件不影响其他各件。
          </p>
          {tried && missing.length > 0 && <p className={css.fault} role="alert">还有 {missing.length} 件没有写明理由</p>}
          <ProblemNote error={sending.error} />
          <div className={css.buttons}>
            <Button size="large" onClick={close}>取消</Button>
            <Button type="primary" size="large" loading={sending.isPending} onClick={send} data-testid="bulk-send">审签 {shown.length} 件</Button>
          </div>
        </div>
      )}
    >
      {lines ? <BulkResults lines={lines} /> : (
        <>
          <section className={css.common}>
            <label htmlFor="bulk-common">各件共用的理由</label>
            <PhraseArea id="bulk-common" value={common} onChange={setCommon} rows={2} />
            <Button
              disabled={!common.trim()}
              onClick={() => setReasons(Object.fromEntries(shown.map((t) => [t.id, reasons[t.id]?.trim() || common.trim()])))}
            >
              填入未写理由的各件
            </Button>
          </section>
          <BulkForm tasks={shown} today={today} reasons={reasons} tried={tried} change={(id, text) => setReasons({ ...reasons, [id]: text })} />
        </>
      )}
    </Drawer>
  )
}

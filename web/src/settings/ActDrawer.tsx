import { Button, Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useWide } from '../frame/useWide'
import css from './Settings.module.css'

interface Props {
  title: string
  form: string // the id of the form that the button sends
  button: string
  next: ReactNode // what happens next
  danger?: boolean
  pending: boolean
  close: () => void
  children: ReactNode
}

/** A setting that is an act: what happens next stands before the button. */
export function ActDrawer({ title, form, button, next, danger, pending, close, children }: Props) {
  const wide = useWide()
  return (
    <Drawer
      open title={title} onClose={close} placement={wide ? 'right' : 'bottom'} size={wide ? 560 : '92dvh'} mask={{ closable: false }}
      footer={
        <>
          <p className={css.next} data-testid="what-next"><strong>此后　</strong>{next}</p>
          <div className={css.buttons}>
            <Button size="large" onClick={close}>取消</Button>
            <Button type="primary" size="large" danger={danger} htmlType="submit" form={form} loading={pending} data-testid="confirm">{button}</Button>
          </div>
        </>
      }
    >
      {children}
    </Drawer>
  )
}

import { SwapOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Me } from '../api/types'
import css from './ActingBanner.module.css'
import { useActing } from './useActing'

/** Across the top for as long as somebody acts for another. */
export function ActingBanner({ me }: { me: Me }) {
  const act = useActing()
  if (!me.actingFor) return null
  return (
    <div className={css.banner} role="status" data-testid="acting">
      <SwapOutlined aria-hidden="true" />
      <p>正在代理 <strong>{me.actingFor.name}</strong> 办理：您和被代理人的姓名都会记录，权限不超过被代理人。</p>
      <Button size="small" onClick={() => void act(null)} data-testid="stop-acting">停止代理</Button>
    </div>
  )
}

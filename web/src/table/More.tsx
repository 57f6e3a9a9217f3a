import { Button } from 'antd'
import css from './More.module.css'

interface Props { has: boolean; loading: boolean; load: () => void; shown: number }

/** The foot of a list: how many are shown, and the rest on demand. */
export function More({ has, loading, load, shown }: Props) {
  if (shown === 0) return null
  return (
    <p className={css.more}>
      <span>{has ? `已显示 ${shown} 项` : `共 ${shown} 项`}</span>
      {has && <Button onClick={load} loading={loading}>显示更多</Button>}
    </p>
  )
}

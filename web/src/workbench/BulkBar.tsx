import { Button } from 'antd'
import css from './BulkBar.module.css'

interface Props { count: number; all: () => void; clear: () => void; open: () => void }

/** What can be done with the marked rows, at the foot where the thumb is. */
export function BulkBar({ count, all, clear, open }: Props) {
  if (count === 0) return null
  return (
    <>
      <div className={css.space} />
      <footer className={css.bar} aria-label="批量办理" data-testid="bulk-bar">
        <p role="status">已选 <strong>{count}</strong> 件</p>
        <div className={css.buttons}>
          <Button onClick={clear}>清除</Button>
          <Button onClick={all}>全选可批量的</Button>
          <Button type="primary" size="large" onClick={open} data-testid="bulk-open">批量审签</Button>
        </div>
      </footer>
    </>
  )
}

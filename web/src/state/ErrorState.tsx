import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { asProblem } from '../api/problem'
import css from './State.module.css'

const titles: Record<number, string> = {
  403: '无权查看',
  404: '没有找到',
  409: '内容已更新',
}

/** A part of the page that could not be shown: what happened, on what ground, what to do. */
export function ErrorState({ error, retry }: { error: Error; retry?: () => void }) {
  const problem = asProblem(error)
  const again = retry && problem?.status !== 403 && problem?.status !== 404
  return (
    <div className={css.state} role="alert" data-testid="error">
      <h1 className={css.title}>{titles[problem?.status ?? 0] ?? '暂时无法显示'}</h1>
      <p className={css.text}>{error.message}</p>
      {problem && problem.basis.length > 0 && (
        <p className={css.basis}>依据：{problem.basis.map((b) => b.title).join('；')}</p>
      )}
      {problem?.number && <p className={css.basis}>请求编号 <code>{problem.number}</code></p>}
      <div className={css.action}>
        {again && <Button type="primary" onClick={retry}>重新加载</Button>}
        <Link to="/workbench">回到工作台</Link>
      </div>
    </div>
  )
}

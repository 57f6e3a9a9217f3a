import { Link } from '@tanstack/react-router'
import css from './State.module.css'

export function NotFound() {
  return (
    <div className={css.state} data-testid="not-found">
      <h1 className={css.title}>没有这个页面</h1>
      <p className={css.text}>地址可能有误，或者内容已经移走。</p>
      <div className={css.action}><Link to="/workbench">回到工作台</Link></div>
    </div>
  )
}

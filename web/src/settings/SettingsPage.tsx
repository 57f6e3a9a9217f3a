import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { PageHead } from '../frame/PageHead'
import { useWide } from '../frame/useWide'
import { useMe } from '../session/useMe'
import css from './SettingsPage.module.css'
import { settingsOf } from './settings'

/** The settings, one beside the other; on a phone first the list, then the one. */
export function SettingsPage() {
  const me = useMe()
  const wide = useWide()
  const path = useRouterState({ select: (s) => s.location.pathname })
  const list = path.replace(/\/$/, '') === '/settings'
  const menu = (
    <nav className={css.menu} aria-label="设置">
      <ul>
        {settingsOf(me).map((s) => (
          <li key={s.to}>
            <Link to={s.to} className={css.link} activeProps={{ className: css.current, 'aria-current': 'page' }}>
              <span>{s.title}</span><small>{s.note}</small>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
  if (!wide) return list ? <><PageHead title="设置" />{menu}</> : <Outlet />
  return (
    <>
      <PageHead title="设置" />
      <div className={css.columns}>
        {menu}
        <div className={css.content}>{list ? <p className={css.soft}>从左边选择一项。</p> : <Outlet />}</div>
      </div>
    </>
  )
}

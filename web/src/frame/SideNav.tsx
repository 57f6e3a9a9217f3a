import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { Area } from './navigation'
import css from './SideNav.module.css'

export function SideNav({ areas, measure }: { areas: Area[]; measure: string }) {
  return (
    <nav className={css.nav} aria-label="主菜单">
      <ul>
        {areas.map((area, i) => (
          <Fragment key={area.to}>
            {area.group && area.group !== areas[i - 1]?.group && (
              <li className={css.group} aria-hidden="true">{area.group}</li>
            )}
            <li>
              <Link
                to={area.to}
                className={css.link}
                activeProps={{ className: css.current, 'aria-current': 'page' }}
                activeOptions={{ includeSearch: false }}
              >
                {area.icon}
                <span>{area.group && <span className="visually-hidden">{area.group}</span>}{area.title}</span>
              </Link>
            </li>
          </Fragment>
        ))}
      </ul>
      <p className={css.measure}>{measure}</p>
    </nav>
  )
}

import { Link } from '@tanstack/react-router'
import { type Area, narrowAreas } from './navigation'
import css from './BottomNav.module.css'

export function BottomNav({ areas }: { areas: Area[] }) {
  return (
    <nav className={css.nav} aria-label="主菜单">
      {narrowAreas(areas).map((area) => (
        <Link
          key={area.to}
          to={area.to}
          className={css.link}
          activeProps={{ className: css.current, 'aria-current': 'page' }}
          activeOptions={{ includeSearch: false }}
        >
          {area.icon}
          <span>{area.title}</span>
        </Link>
      ))}
    </nav>
  )
}

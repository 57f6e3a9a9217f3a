import { RightOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { useMe } from '../session/useMe'
import css from './MorePage.module.css'
import { areasOf, narrowAreas } from './navigation'
import { PageHead } from './PageHead'

/** The areas that the menu of a phone has no room for. */
export function MorePage() {
  const areas = areasOf(useMe())
  const shown = new Set(narrowAreas(areas).map((a) => a.to))
  return (
    <>
      <PageHead title="更多" />
      <ul className={css.list}>
        {areas.filter((a) => !shown.has(a.to)).map((a) => (
          <li key={a.to}><Link to={a.to} className={css.link}>{a.icon}<span>{a.title}</span><RightOutlined aria-hidden="true" /></Link></li>
        ))}
      </ul>
    </>
  )
}

import { Outlet, useRouterState } from '@tanstack/react-router'
import { ActingBanner } from '../acting/ActingBanner'
import { bareTitle } from '../citation'
import { useDistrict, useMe } from '../session/useMe'
import { BottomNav } from './BottomNav'
import css from './Frame.module.css'
import { areasOf } from './navigation'
import { SideNav } from './SideNav'
import { TopBar } from './TopBar'
import { useHints } from './useHints'
import { useWide } from './useWide'

export function Frame() {
  const me = useMe()
  const district = useDistrict()
  const wide = useWide()
  const areas = areasOf(me)
  const path = useRouterState({ select: (s) => s.location.pathname })
  const inside = path !== '/more' && !areas.some((area) => area.to === path)
  useHints()
  return (
    <div className={css.frame}>
      <a className="skip-link" href="#content">跳到正文</a>
      <div className={css.top}>
        <TopBar me={me} district={district} wide={wide} inside={inside} />
        <ActingBanner me={me} />
      </div>
      {wide && <SideNav areas={areas} measure={`《${bareTitle(district.measure.title)}》${district.measure.edition}`} />}
      <main id="content" className={css.content} data-nav={!inside || undefined} tabIndex={-1}>
        <Outlet />
      </main>
      {!wide && !inside && <BottomNav areas={areas} />}
    </div>
  )
}

import { CheckCircleOutlined, SolutionOutlined, StopOutlined, TeamOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Preview, Route } from '../api/types'
import { GroundQuote } from '../ground/GroundQuote'
import { routeWords } from '../words'
import css from './RoutePreview.module.css'

const icons: Record<Route, ReactNode> = {
  unconditional: <CheckCircleOutlined />,
  scenario: <SolutionOutlined />,
  review: <TeamOutlined />,
  barred: <StopOutlined />,
}
const order: Route[] = ['unconditional', 'scenario', 'review', 'barred']

/** Every requested item with its route and why, before anything is submitted. */
export function RoutePreview({ preview }: { preview: Preview }) {
  const routes = order.filter((route) => preview.parts.some((p) => p.route === route))
  return (
    <section className={css.preview} aria-label="办理路径" data-testid="route-preview">
      {routes.map((route) => {
        const parts = preview.parts.filter((p) => p.route === route)
        return (
          <div key={route} className={css.route} data-route={route}>
            <h3><span aria-hidden="true">{icons[route]}</span>{routeWords[route]}<small>{parts.length} 项</small></h3>
            <ul>
              {parts.map((p) => (
                <li key={p.itemId}>
                  <p className={css.item}><strong>{p.itemName}</strong><span>{p.level}</span></p>
                  <p>{p.why}<cite>{p.citation.title}</cite></p>
                  {p.grounds.map((g) => <GroundQuote key={g.title + g.article} ground={g} />)}
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </section>
  )
}

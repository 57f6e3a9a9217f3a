import type { Ref } from '../api/types'
import { cutMiddle } from '../frame/cutMiddle'
import css from './FacetList.module.css'

interface Props {
  title: string
  choices: Ref[]
  chosen: string | undefined
  choose: (id: string | undefined) => void
}

/** One facet: press to keep only these, press again to let all back. */
export function FacetList({ title, choices, chosen, choose }: Props) {
  return (
    <section>
      <h2 className={css.title}>{title}</h2>
      <ul className={css.list}>
        {choices.map((c) => (
          <li key={c.id}>
            <button
              type="button"
              className={css.choice}
              aria-pressed={c.id === chosen}
              title={c.name}
              aria-label={c.name}
              onClick={() => choose(c.id === chosen ? undefined : c.id)}
            >
              {cutMiddle(c.name, 13)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

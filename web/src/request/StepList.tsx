import { CheckOutlined } from '@ant-design/icons'
import css from './StepList.module.css'

interface Props { titles: string[]; at: number; go: (step: number) => void }

/** Where in the wizard one is; steps already done can be gone back to. */
export function StepList({ titles, at, go }: Props) {
  return (
    <ol className={css.steps} aria-label="申请步骤">
      {titles.map((title, i) => (
        <li key={title} data-state={i < at ? 'done' : i === at ? 'now' : 'next'} aria-current={i === at ? 'step' : undefined}>
          <button type="button" disabled={i >= at} onClick={() => go(i)}>
            <span className={css.number} aria-hidden="true">{i < at ? <CheckOutlined /> : i + 1}</span>
            {title}
          </button>
        </li>
      ))}
    </ol>
  )
}

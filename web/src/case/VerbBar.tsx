import { MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import type { Waiting } from '../api/contract'
import type { Verb } from '../api/types'
import { useWide } from '../frame/useWide'
import css from './VerbBar.module.css'
import { rankVerbs, verbId, verbTitle } from './verbs'

interface Props { verbs: Verb[]; waiting: Waiting[]; open: (verb: Verb) => void }

/** What this person may do now: what the case waits for as the chief button, the rest beside it. */
export function VerbBar({ verbs, waiting, open }: Props) {
  const wide = useWide()
  const ranks = rankVerbs(verbs, wide)
  if (!ranks.main && ranks.open.length + ranks.more.length === 0) return null
  return (
    <footer className={css.bar} aria-label="可以办理" data-testid="verb-bar">
      <p className={css.next}>{ranks.main?.next}</p>
      <div className={css.verbs}>
        {ranks.more.length > 0 && (
          <Dropdown
            trigger={['click']} placement="topRight"
            menu={{
              items: ranks.more.map((v) => ({
                key: verbId(v), danger: v.key === 'withdraw',
                label: <span className={css.item} data-testid={`verb-${v.key}`}>{verbTitle(v, verbs, waiting)}</span>,
              })),
              onClick: ({ key }) => {
                const verb = ranks.more.find((v) => verbId(v) === key)
                if (verb) open(verb)
              },
            }}
          >
            <Button size="large" icon={<MoreOutlined />} className={css.more} data-testid="verb-more">更多</Button>
          </Dropdown>
        )}
        {ranks.open.map((verb) => (
          <Button
            key={verbId(verb)} size="large" danger={verb.key === 'withdraw'} data-testid={`verb-${verb.key}`}
            onClick={() => open(verb)}
          >
            {verb.title}
          </Button>
        ))}
        {ranks.main && (
          <Button type="primary" size="large" data-testid={`verb-${ranks.main.key}`} onClick={() => ranks.main && open(ranks.main)}>
            {ranks.main.title}
          </Button>
        )}
      </div>
    </footer>
  )
}

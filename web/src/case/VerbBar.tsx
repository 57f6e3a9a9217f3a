import { Button } from 'antd'
import type { Verb } from '../api/types'
import css from './VerbBar.module.css'
import { verbId } from './verbs'

/** What this person may do now; the first is what the case waits for. */
export function VerbBar({ verbs, open }: { verbs: Verb[]; open: (verb: Verb) => void }) {
  if (verbs.length === 0) return null
  const main = verbs.find((v) => v.key !== 'withdraw' && v.key !== 'ask_extension')
  return (
    <footer className={css.bar} aria-label="可以办理" data-testid="verb-bar">
      <p className={css.next}>{main?.next}</p>
      <div className={css.verbs}>
        {[...verbs].sort((a, b) => Number(a === main) - Number(b === main)).map((verb) => (
          <Button
            key={verbId(verb)}
            type={verb === main ? 'primary' : 'default'}
            size="large"
            danger={verb.key === 'withdraw'}
            data-testid={`verb-${verb.key}`}
            onClick={() => open(verb)}
          >
            {verb.title}
          </Button>
        ))}
      </div>
    </footer>
  )
}

import { Alert, Button } from 'antd'
import { asProblem } from '../api/problem'
import css from './ChangedMaterial.module.css'

/** Did the server refuse because the material is no longer what the person read? */
export function materialChanged(error: Error | null): string[] {
  const problem = asProblem(error)
  if (problem?.status !== 409) return []
  return problem.faults.map((f) => f.text).filter(Boolean)
}

interface Props { changes: string[]; again: () => void }

/** What changed while he read: nothing is decided until he has read it again. */
export function ChangedMaterial({ changes, again }: Props) {
  return (
    <Alert
      className={css.changed} type="warning" showIcon data-testid="material-changed"
      title="您阅读之后材料已有变更，刚才的决定没有记录"
      description={
        <>
          <ul className={css.list}>{changes.map((c) => <li key={c}>{c}</li>)}</ul>
          <Button type="primary" onClick={again} data-testid="read-again">重新阅读变更后的材料</Button>
        </>
      }
    />
  )
}

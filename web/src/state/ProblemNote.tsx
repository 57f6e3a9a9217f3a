import { Alert } from 'antd'
import { asProblem } from '../api/problem'
import css from './ProblemNote.module.css'

interface Props { error: Error | null; shown?: string[] }

/** Why the server refused, on which article; faults already shown beside a field are left out. */
export function ProblemNote({ error, shown = [] }: Props) {
  if (!error) return null
  const problem = asProblem(error)
  const others = problem?.faults.filter((f) => !shown.includes(f.path)) ?? []
  return (
    <Alert
      className={css.note}
      type="error"
      showIcon
      data-testid="problem"
      title={error.message}
      description={
        (others.length > 0 || (problem?.basis.length ?? 0) > 0 || problem?.number) && (
          <>
            {others.length > 0 && (
              <ul>{others.map((f) => <li key={f.path + f.text}>{f.text}</li>)}</ul>
            )}
            {problem && problem.basis.length > 0 && (
              <p>依据：{problem.basis.map((b) => b.title).join('；')}</p>
            )}
            {problem?.number && <p>请求编号 <code>{problem.number}</code></p>}
          </>
        )
      }
    />
  )
}

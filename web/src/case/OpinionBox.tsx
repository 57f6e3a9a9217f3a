import type { CasePart, Opinion, Ref, Side } from '../api/types'
import css from './OpinionBox.module.css'
import { OpinionText } from './OpinionText'

interface Props { side: Side; agency: Ref; opinions: Opinion[]; parts: CasePart[] }

export function OpinionBox({ side, agency, opinions, parts }: Props) {
  const [latest, ...earlier] = [...opinions].reverse()
  return (
    <div className={css.box} data-testid={`opinion-${side}`}>
      <header className={css.head}>
        <h3>{side === 'provider' ? '提供机构意见' : `${agency.name}意见（牵头）`}</h3>
        <p>{agency.name}</p>
      </header>
      {latest ? <OpinionText opinion={latest} parts={parts} /> : <p className={css.none}>尚未提出意见</p>}
      {earlier.length > 0 && (
        <details className={css.earlier}>
          <summary>以前的 {earlier.length} 稿</summary>
          {earlier.map((o) => <OpinionText key={o.id} opinion={o} parts={parts} />)}
        </details>
      )}
    </div>
  )
}

import type { Paper, PaperBlock } from '../api/contract'
import { verifyAddress } from './verification'
import css from './PaperSheet.module.css'

/** The paper as it is printed: red head, rule, title, text, signature, code. */
export function PaperSheet({ paper }: { paper: Paper }) {
  return (
    <article className={css.sheet} aria-label={paper.title} data-testid="paper-sheet">
      <header className={css.head}>
        <p className={css.issuer}>{paper.head || paper.issuer}</p>
        <p className={css.number}>{paper.number}</p>
      </header>
      {paper.blocks.filter((b) => b.kind !== 'number').map((block, i) => <Block key={`${block.kind}-${i}`} block={block} />)}
      <footer className={css.foot}>
        <span>核验码 <code>{paper.code}</code></span>
        <span>核验地址 {verifyAddress(paper.code)}</span>
        {paper.mark && <span>{paper.mark}</span>}
      </footer>
    </article>
  )
}

function Block({ block }: { block: PaperBlock }) {
  switch (block.kind) {
    case 'title': return <h2 className={css.title}>{block.text}</h2>
    case 'signature': return <p className={css.signature}>{(block.rows ?? []).map((row) => row.join('　　')).join('\n') || block.text}</p>
    case 'table': return (
      <div className={css.scroll}>
        <table className={css.table}>
          <tbody>{block.rows?.map((row, i) => (
            <tr key={row.join('|')}>{row.map((cell, j) => (i === 0 ? <th key={j} scope="col">{cell}</th> : <td key={j}>{cell}</td>))}</tr>
          ))}</tbody>
        </table>
      </div>
    )
    default: return <p className={/^.{2,40}[：:]$/.test(block.text ?? '') ? css.addressee : css.paragraph}>{block.text}</p>
  }
}

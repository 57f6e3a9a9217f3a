import type { Citation } from '../api/types'
import css from './CitationText.module.css'

/** A citation in a narrow column: the article on its own line, never broken. */
export function CitationText({ citation }: { citation: Citation | null }) {
  if (!citation) return <>—</>
  const parts = /^(《.+》)(.+)$/.exec(citation.title)
  if (!parts) return <span className={css.law}>{citation.title}</span>
  return (
    <span title={citation.title}>
      <span className={css.article}>{parts[2]}</span>
      <span className={css.law}>{parts[1]}</span>
    </span>
  )
}

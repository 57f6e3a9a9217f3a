import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import type { BulkLine } from './bulk'
import css from './BulkDrawer.module.css'

/** What was done and what was refused, and why. */
export function BulkResults({ lines }: { lines: BulkLine[] }) {
  const done = lines.filter((l) => l.ok).length
  return (
    <div role="status" data-testid="bulk-results">
      <p className={css.summary}>办成 {done} 件，未办成 {lines.length - done} 件</p>
      <ul className={css.results}>
        {lines.map((l) => (
          <li key={l.id} data-ok={l.ok}>
            <span aria-hidden="true">{l.ok ? <CheckCircleFilled /> : <CloseCircleFilled />}</span>
            <div>
              <p><Link to="/share-requests/$caseId" params={{ caseId: l.caseId }}>{l.title}</Link></p>
              <p className={l.ok ? css.soft : css.refused}>{l.ok ? '办成' : '未办成'}：{l.detail}</p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}

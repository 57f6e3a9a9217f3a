import { Link } from '@tanstack/react-router'
import type { Grant } from '../api/types'
import { grantBasisWords } from '../words'
import css from './Grant.module.css'

/** Why the grant was given, and the case it came from. */
export function GrantBasis({ grant }: { grant: Grant }) {
  return (
    <>
      <span>{grantBasisWords[grant.basis]}</span>
      {grant.scenario && <div className={css.under}>{grant.scenario.name}（第 {grant.scenario.version} 版）</div>}
      {grant.requestId && (
        <div className={css.under}>
          <Link to="/share-requests/$caseId" params={{ caseId: grant.requestId }}>查看申请</Link>
        </div>
      )}
    </>
  )
}

import type { Case } from '../api/types'
import { DiffList } from '../case/DiffList'
import { Facts } from '../frame/Facts'
import css from './RequestSummary.module.css'

/** What is being decided on, short enough for a phone. */
export function RequestSummary({ kase }: { kase: Case }) {
  return (
    <div className={css.summary}>
      {(kase.changes?.length ?? 0) > 0 && (
        <section className={css.changes} aria-label="退回以后的改动">
          <h3>退回以后改了什么</h3>
          <DiffList changes={kase.changes ?? []} />
        </section>
      )}
      <Facts
        columns={1}
        facts={[
          ['目录条目', `${kase.entry.name}（${kase.provider.name}）`],
          ['数据项', kase.parts.map((p) => p.name).join('、')],
          ['使用用途', kase.purpose],
          ['履职依据', kase.basis],
          ['使用系统', `${kase.system}，至 ${kase.until}`],
          ['经办', kase.submittedByName],
        ]}
      />
    </div>
  )
}

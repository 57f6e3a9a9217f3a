import { CheckOutlined } from '@ant-design/icons'
import type { EntryItem, Scenario } from '../api/types'
import { dayOf } from '../moments'
import css from './EntryScenarios.module.css'

interface Props { scenarios: Scenario[]; items: EntryItem[] }

/** Scenarios that give these items directly to whoever fits them (27). */
export function EntryScenarios({ scenarios, items }: Props) {
  if (scenarios.length === 0) {
    return <p className={css.none}>没有包含这些数据项的应用场景。申请授权共享的数据项须经会同审核。</p>
  }
  const name = new Map(items.map((i) => [i.id, i.name]))
  return (
    <ul className={css.list}>
      {scenarios.map((s) => (
        <li key={s.id} className={css.scenario}>
          <div className={css.head}>
            <h3>{s.name}</h3>
            <span className={css.version}>{s.domain} · 第 {s.version} 版 · 至 {dayOf(s.until)}</span>
          </div>
          <p>{s.purpose}</p>
          <p className={css.soft}>应用：{s.application}</p>
          <p className={css.soft}>数据项：{s.itemIds.map((id) => name.get(id) ?? id).join('、')}</p>
          <p className={css.eligible} data-eligible={s.eligible}>
            {s.eligible ? <><CheckOutlined aria-hidden="true" /> 本机构在场景范围内，可以直接获取共享服务</> : '本机构不在场景范围内'}
          </p>
        </li>
      ))}
    </ul>
  )
}

import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import type { EntryItem } from '../api/types'
import { SharingTag } from '../catalog/SharingTag'
import { ProblemNote } from '../state/ProblemNote'
import css from './ChooseItems.module.css'
import { WizardFoot } from './WizardFoot'

interface Props {
  items: EntryItem[]
  chosen: string[]
  error: Error | null
  next: (itemIds: string[]) => void
}

/** Only what the duty needs: nothing is chosen beforehand. */
export function ChooseItems({ items, chosen, error, next }: Props) {
  const [picked, setPicked] = useState(chosen)
  const order = (ids: string[]) => items.map((i) => i.id).filter((id) => ids.includes(id))
  const toggle = (id: string, on: boolean) =>
    setPicked((now) => (on ? order([...now, id]) : now.filter((other) => other !== id)))
  return (
    <section aria-label="选择数据项">
      <p className={css.note}>按照最小够用原则，只选本单位履职需要的数据项。选择非共享的数据项，系统会说明依据。</p>
      <ul className={css.list}>
        {items.map((item) => (
          <li key={item.id} className={css.item} data-picked={picked.includes(item.id) || undefined}>
            <Checkbox checked={picked.includes(item.id)} onChange={(e) => toggle(item.id, e.target.checked)}>
              <span className={css.name}>{item.name}</span>
              <span className={css.facts}>{item.dataType} · {item.level}</span>
            </Checkbox>
            <SharingTag sharing={item.sharing} />
          </li>
        ))}
      </ul>
      <ProblemNote error={error} />
      <WizardFoot>
        <span>已选 {picked.length} 项</span>
        <Button onClick={() => setPicked(picked.length === items.length ? [] : items.map((i) => i.id))}>
          {picked.length === items.length ? '全部不选' : '全选'}
        </Button>
        <Button type="primary" disabled={picked.length === 0} onClick={() => next(picked)}>下一步</Button>
      </WizardFoot>
    </section>
  )
}

import { Select } from 'antd'
import type { EntryFilter } from '../api/queries'
import type { Ref, Sharing } from '../api/types'
import { useWide } from '../frame/useWide'
import { sharingWords } from '../words'
import css from './CatalogFacets.module.css'
import { FacetList } from './FacetList'

interface Props { agencies: Ref[]; filter: EntryFilter; change: (filter: EntryFilter) => void }

const sharingChoices = (Object.keys(sharingWords) as Sharing[]).map((id) => ({ id, name: sharingWords[id] }))

export function CatalogFacets({ agencies, filter, change }: Props) {
  const wide = useWide()
  if (!wide) {
    return (
      <form className={css.narrow} aria-label="筛选" onSubmit={(e) => e.preventDefault()}>
        <Select
          allowClear placeholder="全部共享类型" aria-label="按共享类型筛选" value={filter.sharing}
          onChange={(sharing?: string) => change({ sharing })}
          options={sharingChoices.map((c) => ({ value: c.id, label: c.name }))}
        />
        <Select
          allowClear placeholder="全部提供机构" aria-label="按提供机构筛选" value={filter.agency}
          onChange={(agency?: string) => change({ agency })}
          showSearch={{ optionFilterProp: 'label' }}
          options={agencies.map((a) => ({ value: a.id, label: a.name }))}
        />
      </form>
    )
  }
  return (
    <aside className={css.facets} aria-label="筛选">
      <FacetList title="共享类型" choices={sharingChoices} chosen={filter.sharing} choose={(sharing) => change({ sharing })} />
      <FacetList title="提供机构" choices={agencies} chosen={filter.agency} choose={(agency) => change({ agency })} />
    </aside>
  )
}

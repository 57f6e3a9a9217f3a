import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Input } from 'antd'
import { lawsQuery } from '../api/queries'
import type { Law } from '../api/types'
import css from './LawChoice.module.css'
import { barredLevel, barredReason } from './levels'

interface Props {
  id: string
  label: string
  level: string
  title: string
  today: string
  invalid: boolean
  type: (title: string) => void
  choose: (law: Law) => void
}

/** The title of a legal text: from the library, which knows its rank and dates, or typed. */
export function LawChoice({ id, label, level, title, today, invalid, type, choose }: Props) {
  const laws = useQuery(lawsQuery('')).data?.items ?? []
  const words = title.replace(/[《》\s]/g, '')
  const options = laws
    .filter((law) => (!level || law.level === level) && (!words || law.title.includes(words)))
    .map((law, i) => {
      const refusal = refusalOf(law, today)
      return {
        key: `${law.title}-${i}`,
        value: law.title,
        law,
        disabled: Boolean(refusal),
        label: (
          <span className={css.law}>
            <span>{law.title}</span>
            <small>{[law.level, law.docNo, refusal ?? `${law.inForceOn} 起施行`].filter(Boolean).join(' · ')}</small>
          </span>
        ),
      }
    })
  return (
    <AutoComplete
      id={id}
      value={title}
      options={options}
      onChange={(value: string) => type(value ?? '')}
      onSelect={(_, option) => choose((option as (typeof options)[number]).law)}
    >
      <Input placeholder="从法规库选择，或者直接填写全称" status={invalid ? 'error' : undefined} aria-label={label} maxLength={200} />
    </AutoComplete>
  )
}

/** Why a text of the library cannot be a ground today, if it cannot. */
function refusalOf(law: Law, today: string): string | undefined {
  if (law.level === barredLevel) return barredReason
  if (law.until && law.until < today) return `已于 ${law.until} 失效`
  if (law.inForceOn > today) return `${law.inForceOn} 起施行，尚未施行`
  return undefined
}

import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useId } from 'react'
import type { Ground } from '../api/types'
import { type GroundField, groundFaults } from './completeness'
import css from './GroundEditor.module.css'
import { GroundField as Field } from './GroundField'
import { GroundQuote } from './GroundQuote'
import { LawChoice } from './LawChoice'
import { barredLevel, barredReason, levels } from './levels'

interface Props {
  label: string
  alone: boolean // the only one, under a heading that says so already
  ground: Ground
  today: string
  show: boolean
  faults: { path: string; text: string }[]
  change: (ground: Ground) => void
  remove?: () => void
}

const levelOptions = [
  ...levels.map((value) => ({ value: value as string, label: value as string })),
  { value: barredLevel, label: `${barredLevel}（${barredReason}）`, disabled: true },
]

/** Rank, title, article, words, in force since; below it the ground as the record will hold it. */
export function GroundEditor({ label, alone, ground, today, show, faults, change, remove }: Props) {
  const id = useId()
  const missing = groundFaults(ground, today)
  const whole = Object.keys(missing).length === 0
  const fault = (field: GroundField) =>
    faults.find((f) => f.path === field)?.text
    ?? (show || (field === 'inForceOn' && ground.inForceOn) ? missing[field] : undefined)
  const set = (part: Partial<Ground>) => change({ ...ground, warning: undefined, ...part })
  return (
    <fieldset className={css.editor}>
      <legend className={alone ? 'visually-hidden' : undefined}>{label}</legend>
      {remove && <Button className={css.remove} size="small" onClick={remove}>删去</Button>}
      <Field id={`${id}-level`} label="效力层级" fault={fault('level')}>
        <Select
          id={`${id}-level`}
          value={ground.level || undefined}
          placeholder="请选择"
          onChange={(level: string) => set({ level })}
          options={levelOptions}
          status={fault('level') && 'error'}
          aria-label={`${label}：效力层级`}
        />
      </Field>
      <Field id={`${id}-title`} label="名称" fault={fault('title')}>
        <LawChoice
          id={`${id}-title`}
          label={`${label}：名称`}
          level={ground.level}
          title={ground.title}
          today={today}
          invalid={Boolean(fault('title'))}
          type={(title) => set({ title })}
          choose={(law) => set({ level: law.level, title: law.title, docNo: law.docNo || undefined, inForceOn: law.inForceOn })}
        />
      </Field>
      <div className={css.pair}>
        <Field id={`${id}-article`} label="条款" fault={fault('article')}>
          <Input
            id={`${id}-article`} value={ground.article} maxLength={50} placeholder="例如：第三十四条第一款"
            onChange={(e) => set({ article: e.target.value })} status={fault('article') && 'error'}
            aria-label={`${label}：条款`}
          />
        </Field>
        <Field id={`${id}-since`} label="施行日期" fault={fault('inForceOn')}>
          <DatePicker
            id={`${id}-since`} className={css.date} format="YYYY-MM-DD" placeholder="YYYY-MM-DD"
            value={ground.inForceOn ? dayjs(ground.inForceOn) : null}
            onChange={(day) => set({ inForceOn: day?.format('YYYY-MM-DD') ?? '' })}
            status={fault('inForceOn') && 'error'} aria-label={`${label}：施行日期`}
          />
        </Field>
      </div>
      <Field id={`${id}-quote`} label="原文" fault={fault('quote')}>
        <Input.TextArea
          id={`${id}-quote`} value={ground.quote} maxLength={2000} autoSize={{ minRows: 3, maxRows: 8 }}
          onChange={(e) => set({ quote: e.target.value })} status={fault('quote') && 'error'}
          placeholder="逐字抄录该条款的原文" aria-label={`${label}：原文`}
        />
      </Field>
      {whole && (
        <div className={css.preview} data-testid="ground-preview">
          <p>记录中将写为</p>
          <GroundQuote ground={ground} />
        </div>
      )}
    </fieldset>
  )
}

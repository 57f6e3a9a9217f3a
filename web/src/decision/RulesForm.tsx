import { useQuery } from '@tanstack/react-query'
import { Form, Radio } from 'antd'
import { rulePacksQuery } from '../api/officeQueries'
import { PhraseArea } from '../desk/PhraseArea'
import { dayOf } from '../moments'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import type { DecisionFormProps } from './decision'
import css from './Note.module.css'
import ways from './TwoWayForm.module.css'

interface Fields { version?: string; reason?: string }

/** Moves a case from the rules it started under to others: a decision of its own, with its reason. */
export function RulesForm({ id, kase, error, send }: DecisionFormProps) {
  const [form] = Form.useForm<Fields>()
  const shown = usePointedFaults(form, error)
  const packs = useQuery(rulePacksQuery)
  const now = kase.pack?.version
  const others = packs.data?.items.filter((p) => p.version !== now) ?? []
  return (
    <Form
      form={form} id={id} layout="vertical" requiredMark={false} scrollToFirstError={{ focus: true }}
      onFinish={(f) => f.version && send({ version: f.version, reason: f.reason?.trim() })}
    >
      <p className={css.note}>本事项现在适用规则包 {now || '—'}。改用后，期限按新的规则包重新计算，改用前后的日期都会记录。</p>
      {others.length > 0 && (
        <Form.Item name="version" label="改为适用" rules={[{ required: true, message: '请选择规则包' }]}>
          <Radio.Group className={ways.ways}>
            {others.map((p) => (
              <Radio key={p.version} value={p.version} className={ways.way}>
                <strong>{p.version}{p.newest && '（现行）'}</strong><span>{dayOf(p.adoptedOn)} 发布　{p.note}</span>
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
      )}
      {packs.isError && <p className={css.note}>没有取到规则包：{packs.error.message}</p>}
      {packs.data && others.length === 0 && <p className={css.note}>没有其他规则包可以改用。</p>}
      <Form.Item name="reason" label="改用理由" rules={[{ required: true, whitespace: true, message: '请写明改用理由' }]}>
        <PhraseArea />
      </Form.Item>
      <ProblemNote error={error} shown={shown} />
    </Form>
  )
}

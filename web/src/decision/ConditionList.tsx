import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select } from 'antd'
import type { ConditionKind } from '../api/types'
import { conditionWords } from '../words'
import css from './ConditionList.module.css'

const kinds = (Object.keys(conditionWords) as ConditionKind[])
  .map((value) => ({ value, label: conditionWords[value] }))

/** The conditions of an agreement, as the grant will carry them. */
export function ConditionList() {
  return (
    <Form.Item label="条件" className={css.item}>
      <Form.List name="conditions">
        {(fields, { add, remove }) => (
          <div className={css.list}>
            {fields.map((field, i) => (
              <div key={field.key} className={css.row}>
                <Form.Item name={[field.name, 'kind']} noStyle>
                  <Select options={kinds} aria-label={`条件 ${i + 1} 的种类`} />
                </Form.Item>
                <Form.Item name={[field.name, 'text']} rules={[{ required: true, whitespace: true, message: '请写明条件' }]}>
                  <Input maxLength={200} aria-label={`条件 ${i + 1}`} placeholder="例如：只返回核验结果，不返回明细" />
                </Form.Item>
                {fields.length > 1 && (
                  <Button type="text" icon={<MinusCircleOutlined />} aria-label={`删去条件 ${i + 1}`} onClick={() => remove(field.name)} />
                )}
              </div>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({ kind: 'other', text: '' })}>再加一条</Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  )
}

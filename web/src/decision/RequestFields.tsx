import { DatePicker, Form, Input } from 'antd'
import dayjs from 'dayjs'

const rule = (message: string) => [{ required: true, message }]

/** The parts of a request that its office may still change. */
export function RequestFields({ today }: { today: string }) {
  return (
    <>
      <Form.Item name="purpose" label="使用用途" rules={rule('请写明使用用途')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
      </Form.Item>
      <Form.Item name="basis" label="履职依据" rules={rule('请写明履职依据')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
      </Form.Item>
      <Form.Item name="system" label="使用系统" rules={rule('请写明使用系统')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="until" label="使用期限至" rules={rule('请选择使用期限')}>
        <DatePicker minDate={dayjs(today)} format="YYYY-MM-DD" />
      </Form.Item>
    </>
  )
}

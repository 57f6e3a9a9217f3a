import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Checkbox, Form, Input } from 'antd'
import { office } from '../api/office'
import { noticeSettingsQuery } from '../api/officeQueries'
import type { NoticeSettings } from '../api/contract'
import { ErrorState } from '../state/ErrorState'
import { PageSkeleton } from '../state/PageSkeleton'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import { channelWords } from '../words'
import { Section } from './Section'
import css from './Settings.module.css'

export function NoticeSettingsPage() {
  const { data, error, refetch } = useQuery(noticeSettingsQuery)
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  return (
    <Section title="通知" note="站内通知总会有。下面的渠道另外再送一份，只写事项名称和期限，不写材料内容。">
      <SettingsForm settings={data} />
    </Section>
  )
}

function SettingsForm({ settings }: { settings: NoticeSettings }) {
  const [form] = Form.useForm<NoticeSettings>()
  const client = useQueryClient()
  const { message } = App.useApp()
  const channels = Form.useWatch('channels', form) ?? settings.channels
  const saving = useMutation({
    mutationFn: (f: NoticeSettings) => office.setNotices({ email: f.email?.trim() ?? '', channels: f.channels ?? [] }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: noticeSettingsQuery.queryKey })
      void message.success('已保存')
    },
  })
  const shown = usePointedFaults(form, saving.error)
  return (
    <Form form={form} layout="vertical" requiredMark={false} className={css.form} initialValues={settings} onFinish={(f) => saving.mutate(f)}>
      <Form.Item name="channels" label="接收渠道">
        <Checkbox.Group options={Object.entries(channelWords).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item
        name="email" label="邮箱"
        rules={[{ type: 'email', message: '邮箱地址的格式不对' }, { required: channels.includes('email'), message: '选了电子邮件，请填写邮箱' }]}
      >
        <Input maxLength={200} autoComplete="email" inputMode="email" />
      </Form.Item>
      <ProblemNote error={saving.error} shown={shown} />
      <Button type="primary" htmlType="submit" loading={saving.isPending}>保存</Button>
    </Form>
  )
}

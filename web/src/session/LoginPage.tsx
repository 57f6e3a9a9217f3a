import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Alert, Button, Form, Input } from 'antd'
import { api } from '../api/client'
import { districtQuery, meQuery } from '../api/queries'
import { DemoMark } from '../frame/DemoMark'
import { DemoAccounts } from './DemoAccounts'
import { bareTitle } from '../citation'
import css from './LoginPage.module.css'

interface Account { username: string; password: string }
const route = getRouteApi('/login')

export function LoginPage() {
  const [form] = Form.useForm<Account>()
  const district = useQuery(districtQuery).data
  const client = useQueryClient()
  const { next } = route.useSearch()
  const router = useRouter()
  const login = useMutation({
    mutationFn: (account: Account) => api.login(account.username.trim(), account.password),
    onSuccess: async ({ user }) => {
      client.removeQueries({ predicate: (q) => q.queryKey[0] !== 'district' })
      client.setQueryData(meQuery.queryKey, user)
      router.history.push(next?.startsWith('/') && !next.startsWith('//') ? next : '/workbench')
    },
  })
  return (
    <div className={css.page}>
      <main className={css.sheet}>
        <header className={css.head}>
          {district?.demo && <DemoMark />}
          <h1>{district?.name ?? '\u00a0'}公共数据管理</h1>
          <p className={css.measure}>
            {district ? `依据《${bareTitle(district.measure.title)}》（${district.measure.edition}）` : '\u00a0'}
          </p>
        </header>
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(a) => login.mutate(a)}>
          <Form.Item name="username" label="账号" rules={[{ required: true, message: '请输入账号' }]}>
            <Input autoComplete="username" autoFocus size="large" />
          </Form.Item>
          <Form.Item name="password" label="密码" rules={[{ required: true, message: '请输入密码' }]}>
            <Input.Password autoComplete="current-password" size="large" />
          </Form.Item>
          {login.isError && (
            <Alert className={css.fault} type="error" showIcon title={login.error.message} />
          )}
          <Button type="primary" htmlType="submit" size="large" block loading={login.isPending}>
            登录
          </Button>
        </Form>
        {district?.demo && (
          <DemoAccounts pick={(username) => form.setFieldsValue({ username })} />
        )}
      </main>
      <footer className={css.foot}>
        {district ? `${district.commission.name} · 版本 ${district.version}` : '\u00a0'}
      </footer>
    </div>
  )
}

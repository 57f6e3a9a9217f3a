import { DownOutlined, UserOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Dropdown } from 'antd'
import { api } from '../api/client'
import type { Me } from '../api/types'
import { roleWords, word } from '../words'
import css from './AccountMenu.module.css'

export function AccountMenu({ me, wide }: { me: Me; wide: boolean }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const logout = useMutation({
    mutationFn: api.logout,
    onSettled: async () => {
      await navigate({ to: '/login' })
      client.clear()
    },
  })
  const roles = me.roles.map((role) => word(roleWords, role)).join('、')
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          {
            key: 'who',
            type: 'group',
            label: <>{me.name}（{me.username}）<br />{me.agency.name} · {roles}</>,
          },
          { type: 'divider' },
          { key: 'logout', label: '退出登录' },
        ],
        onClick: ({ key }) => key === 'logout' && logout.mutate(),
      }}
    >
      <button type="button" className={css.account} aria-label={`账号：${me.agency.name} ${me.name}`} data-testid="account">
        {wide ? (
          <>
            <span className={css.agency}>{me.agency.name}</span>
            <span className={css.name}>{me.name}</span>
            <DownOutlined className={css.arrow} />
          </>
        ) : <UserOutlined />}
      </button>
    </Dropdown>
  )
}

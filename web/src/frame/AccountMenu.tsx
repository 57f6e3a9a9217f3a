import { DownOutlined, UserOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Dropdown } from 'antd'
import { actFor, actingFor } from '../api/acting'
import { useActing } from '../acting/useActing'
import { api } from '../api/client'
import type { Me } from '../api/types'
import { dayOf } from '../moments'
import { roleWords, word } from '../words'
import css from './AccountMenu.module.css'

export function AccountMenu({ me, wide }: { me: Me; wide: boolean }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const act = useActing()
  const logout = useMutation({
    mutationFn: api.logout,
    onSettled: async () => {
      actFor(null)
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
          ...principalItems(me),
          { type: 'divider' },
          { key: 'settings', label: '设置' },
          { key: 'logout', label: '退出登录' },
        ],
        onClick: ({ key }) => {
          if (key === 'logout') logout.mutate()
          else if (key === 'settings') void navigate({ to: '/settings' })
          else if (key.startsWith(actKey)) void act(key.slice(actKey.length) || null)
        },
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

const actKey = 'act:'

/** Whom he may act for, and the way back to himself. */
function principalItems(me: Me) {
  const principals = me.principals ?? []
  if (principals.length === 0 && !me.actingFor) return []
  return [
    { type: 'divider' as const },
    {
      key: 'acting', type: 'group' as const, label: '代理',
      children: [
        ...(me.actingFor ? [{ key: actKey, label: '停止代理，以本人名义办理' }] : []),
        ...principals.filter((p) => p.id !== actingFor()).map((p) => ({
          key: actKey + p.id, label: <span data-testid={`act-for-${p.id}`}>代理 {p.name} 办理（至 {dayOf(p.until)}）</span>,
        })),
      ],
    },
  ]
}

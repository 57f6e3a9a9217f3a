import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { proxiesQuery } from '../api/officeQueries'
import type { Proxy } from '../api/contract'
import { useMe } from '../session/useMe'
import { EmptyState } from '../state/EmptyState'
import { ErrorState } from '../state/ErrorState'
import { ProxyDrawer } from './ProxyDrawer'
import { ProxyTable } from './ProxyTable'
import { RevokeDrawer } from './RevokeDrawer'
import { Section } from './Section'

/** AB角: who acts for me while I am away, and for whom I act. */
export function ProxiesPage() {
  const me = useMe()
  const { data, error, refetch } = useQuery(proxiesQuery)
  const [naming, setNaming] = useState(false)
  const [revoking, setRevoking] = useState<Proxy>()
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />
  const own = data?.items.filter((p) => p.principal.id === me.id)
  const forOthers = data?.items.filter((p) => p.proxy.id === me.id)
  return (
    <>
      <Section
        title="代理我的人"
        note="代理从开始日到截止日自动生效、自动结束，期间您仍可自己办理。代理人的权限不超过您，也不能代理与他有利害冲突的事项；记录写明两个人的姓名。"
        action={<Button type="primary" onClick={() => setNaming(true)} data-testid="name-proxy">指定代理人</Button>}
      >
        <ProxyTable
          label="代理我的人" proxies={own} revoke={setRevoking}
          empty={<EmptyState title="没有指定过代理人">出差、休假之前指定一位，待办就不会无人办理。</EmptyState>}
        />
      </Section>
      <Section title="我代理的人" note="在代理期内，从右上角的账号菜单切换为代理办理。">
        <ProxyTable label="我代理的人" proxies={forOthers} empty={<EmptyState title="没有人指定您代理">有人指定您时列在这里。</EmptyState>} />
      </Section>
      {naming && <ProxyDrawer close={() => setNaming(false)} />}
      {revoking && <RevokeDrawer proxy={revoking} close={() => setRevoking(undefined)} />}
    </>
  )
}

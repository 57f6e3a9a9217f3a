import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { office } from '../api/office'
import type { Proxy } from '../api/contract'
import { ReasonForm } from '../decision/ReasonForm'
import { dayOf } from '../moments'
import { ActDrawer } from './ActDrawer'

export function RevokeDrawer({ proxy, close }: { proxy: Proxy; close: () => void }) {
  const id = useId()
  const client = useQueryClient()
  const revoking = useMutation({
    mutationFn: (reason: string) => office.revokeProxy(proxy.id, reason),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['proxies'] })
      close()
    },
  })
  return (
    <ActDrawer
      title="撤销代理" form={id} button="撤销代理" danger pending={revoking.isPending} close={close}
      next="代理立即结束，代理人不能再以您的名义办理；已经办理的不受影响。"
    >
      <ReasonForm id={id} label="撤销原因" required error={revoking.error} send={(b) => revoking.mutate(b.reason ?? '')}>
        <p>{proxy.proxy.name}，{dayOf(proxy.from)} 至 {dayOf(proxy.until)}</p>
      </ReasonForm>
    </ActDrawer>
  )
}

import { StarFilled, StarOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { office } from '../api/office'
import { caseChanged } from '../api/queries'
import type { Case } from '../api/types'
import { may } from '../session/permissions'
import { useMe } from '../session/useMe'

/** Follows a case or stops: what happens to it is then told, nothing is asked. */
export function FollowButton({ kase }: { kase: Case }) {
  const client = useQueryClient()
  const { message } = App.useApp()
  const me = useMe()
  const followed = kase.followed ?? false
  const change = useMutation({
    mutationFn: () => office.follow(kase.id, !followed),
    onSuccess: () => {
      caseChanged(client, kase.id)
      void message.success(followed ? '已取消关注' : '已关注，进展会出现在“关注”和通知中')
    },
    onError: (error) => void message.error(error.message),
  })
  if (!may(me, 'desk:follow')) return null
  return (
    <Button
      icon={followed ? <StarFilled /> : <StarOutlined />} aria-pressed={followed} loading={change.isPending}
      onClick={() => change.mutate()} data-testid="follow"
    >
      {followed ? '已关注' : '关注'}
    </Button>
  )
}

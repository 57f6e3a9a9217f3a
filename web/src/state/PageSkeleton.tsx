import { Skeleton } from 'antd'

/** Stands where a page will be. */
export function PageSkeleton() {
  return (
    <div role="status" aria-label="正在加载" data-testid="loading">
      <Skeleton active title={{ width: '30%' }} paragraph={{ rows: 10 }} />
    </div>
  )
}

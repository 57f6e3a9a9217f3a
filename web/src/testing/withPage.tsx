import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import { ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { districtQuery, lawsQuery, meQuery } from '../api/queries'
import type { District, Law, Me } from '../api/types'

export const district: District = {
  name: '宝山区',
  measure: { title: '《宝山区公共数据管理办法》', edition: '宝信息委规〔2023〕2号' },
  commission: { id: 'commission', name: '区信息委' },
  demo: true,
  version: 'test',
  today: '2026-11-23',
  calendar: [],
}

export const clerk: Me = {
  id: 'u1', username: 'civil', name: '陈晓岚', agency: { id: 'civil', name: '区民政局' },
  roles: ['clerk'], permissions: ['catalog:read', 'share-request:submit', 'share-request:read', 'grant:read'],
}

const laws: Law[] = [
  { level: '法律', title: '中华人民共和国个人信息保护法', docNo: '主席令第九十一号', inForceOn: '2021-11-01', until: null },
  { level: '规范性文件', title: '某通知', docNo: '', inForceOn: '2020-01-01', until: null },
]

/** Renders a part of the page as it stands inside the frame, with nobody answering. */
export function withPage(part: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } })
  client.setQueryData(districtQuery.queryKey, district)
  client.setQueryData(meQuery.queryKey, clerk)
  client.setQueryData(lawsQuery('').queryKey, { items: laws, next: null })
  return render(
    <ConfigProvider locale={zhCN} theme={{ token: { motion: false } }} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={client}>{part}</QueryClientProvider>
    </ConfigProvider>,
  )
}

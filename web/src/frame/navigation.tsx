import {
  AppstoreOutlined, BarChartOutlined, BookOutlined, FileDoneOutlined, FileTextOutlined, InboxOutlined,
  SafetyCertificateOutlined, SettingOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Me } from '../api/types'
import { concerns } from '../session/permissions'

export interface Area {
  to: '/workbench' | '/catalog' | '/share-requests' | '/grants' | '/papers' | '/briefing' | '/settings' | '/more'
  title: string
  group?: string
  icon: ReactNode
}

/** What this person may enter, in the order of the measure's chapters. */
export function areasOf(me: Me): Area[] {
  const areas: Area[] = [{ to: '/workbench', title: '工作台', icon: <InboxOutlined /> }]
  if (concerns(me, 'catalog', 'catalog-entry', 'entry')) {
    areas.push({ to: '/catalog', title: '目录', icon: <BookOutlined /> })
  }
  if (concerns(me, 'share-request')) {
    areas.push({ to: '/share-requests', title: '申请', group: '共享', icon: <FileTextOutlined /> })
  }
  if (concerns(me, 'grant')) {
    areas.push({ to: '/grants', title: '授权', group: '共享', icon: <SafetyCertificateOutlined /> })
  }
  if (concerns(me, 'paper')) {
    areas.push({ to: '/papers', title: '文书', group: '共享', icon: <FileDoneOutlined /> })
  }
  if (concerns(me, 'briefing')) {
    areas.push({ to: '/briefing', title: '简报', group: '管理', icon: <BarChartOutlined /> })
  }
  areas.push({ to: '/settings', title: '设置', group: '管理', icon: <SettingOutlined /> })
  return areas
}

/** A phone has room for five: four areas and the way to the others. */
export function narrowAreas(areas: Area[]): Area[] {
  if (areas.length <= 5) return areas
  return [...areas.slice(0, 4), { to: '/more', title: '更多', icon: <AppstoreOutlined /> }]
}

import { BookOutlined, FileTextOutlined, InboxOutlined, SafetyCertificateOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Me } from '../api/types'
import { concerns } from '../session/permissions'

export interface Area {
  to: '/workbench' | '/catalog' | '/share-requests' | '/grants'
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
  return areas
}

import type { Me } from '../api/types'
import { may } from '../session/permissions'

export interface Setting {
  to: `/settings/${'proxies' | 'seats' | 'phrases' | 'notices' | 'calendar' | 'rules' | 'deliveries' | 'webhooks'}`
  title: string
  note: string
}

/** The settings this person has anything to do with. */
export function settingsOf(me: Me): Setting[] {
  const list: (Setting & { shown: boolean })[] = [
    { to: '/settings/proxies', title: 'AB角和代理', note: '不在岗时由谁代办', shown: may(me, 'proxy:read') },
    { to: '/settings/seats', title: '岗位设置', note: '各环节由谁办、怎样签', shown: may(me, 'seat:read') },
    { to: '/settings/phrases', title: '常用语', note: '理由和意见的现成说法', shown: may(me, 'phrase:use') },
    { to: '/settings/notices', title: '通知', note: '邮箱和接收渠道', shown: may(me, 'notice:read') },
    { to: '/settings/calendar', title: '工作日历', note: '放假调休和导入', shown: may(me, 'calendar:read') },
    { to: '/settings/rules', title: '规则包', note: '期限、依据和来源', shown: may(me, 'rule-pack:read') },
    { to: '/settings/deliveries', title: '推送记录', note: '没有送达的通知', shown: may(me, 'delivery:read') },
    { to: '/settings/webhooks', title: '推送接口', note: '外部系统的接收地址', shown: may(me, 'webhook:manage') },
  ]
  return list.filter((s) => s.shown).map(({ to, title, note }) => ({ to, title, note }))
}

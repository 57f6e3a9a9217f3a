import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Segmented } from 'antd'
import { useState } from 'react'
import { calendarYearsQuery } from '../api/officeQueries'
import { Facts } from '../frame/Facts'
import { may } from '../session/permissions'
import { useDistrict, useMe } from '../session/useMe'
import { EmptyState } from '../state/EmptyState'
import { ErrorState } from '../state/ErrorState'
import { PageSkeleton } from '../state/PageSkeleton'
import { calendarWords } from '../words'
import { CalendarImportDrawer } from './CalendarImportDrawer'
import { Section } from './Section'
import css from './Settings.module.css'
import { YearCalendar } from './YearCalendar'

/** The years by which terms are counted, each day with whether it is worked. */
export function CalendarPage() {
  const me = useMe()
  const { today } = useDistrict()
  const { data, error, refetch } = useQuery(calendarYearsQuery)
  const [chosen, setChosen] = useState<number>()
  const [importing, setImporting] = useState(false)
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  const year = data.items.find((y) => y.year === (chosen ?? Number(today.slice(0, 4)))) ?? data.items[0]
  return (
    <Section
      title="工作日历"
      note="期限按国务院办公厅公布的放假调休逐日计算。没有公布的年份暂按周末计算并标明“暂定”，公布后导入，全部在办期限随即重算。"
      action={may(me, 'calendar:import') && <Button type="primary" onClick={() => setImporting(true)} data-testid="import-calendar">导入年度安排</Button>}
    >
      {data.alarm && <Alert type="error" showIcon title="日历告警" description={data.alarm} data-testid="calendar-alarm" />}
      {year ? (
        <>
          <Segmented
            value={year.year} onChange={(value) => setChosen(value)} aria-label="年份"
            options={data.items.map((y) => ({ value: y.year, label: `${y.year} ${calendarWords[y.status]}` }))}
          />
          <Facts
            columns={2}
            facts={[
              ['状态', <span key="status" className={css.status} data-status={year.status}>{calendarWords[year.status]}</span>],
              ['工作日', `${year.workingDays} 天`],
              ['依据', year.notice],
              ['来源', year.source],
              ['版本', `第 ${year.version} 版`],
            ]}
          />
          <YearCalendar year={year} today={today} />
        </>
      ) : <EmptyState title="没有工作日历">导入第一个年度的放假安排。</EmptyState>}
      {importing && <CalendarImportDrawer close={() => setImporting(false)} />}
    </Section>
  )
}

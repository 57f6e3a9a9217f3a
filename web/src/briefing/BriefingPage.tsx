import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button, DatePicker, Segmented } from 'antd'
import dayjs from 'dayjs'
import { briefingQuery } from '../api/officeQueries'
import { ExportButton } from '../frame/ExportButton'
import { PageHead } from '../frame/PageHead'
import { useDistrict } from '../session/useMe'
import { ErrorState } from '../state/ErrorState'
import { PageSkeleton } from '../state/PageSkeleton'
import css from './BriefingPage.module.css'
import { BriefingSheet } from './BriefingSheet'
import { type Period, periodsOf } from './period'

const route = getRouteApi('/framed/briefing')

/** One page for leaders: what came, what was answered, what is late, where, and what comes next. */
export function BriefingPage() {
  const { today } = useDistrict()
  const search = route.useSearch()
  const navigate = useNavigate()
  const periods = periodsOf(today)
  const period: Period = search.from && search.to ? { from: search.from, to: search.to } : (periods[0] as (typeof periods)[number]).period
  const { data, error, refetch } = useQuery(briefingQuery(period.from, period.to))
  const chosen = periods.find((p) => p.period.from === period.from && p.period.to === period.to)
  const go = (to: Period) => void navigate({ to: '/briefing', search: to, replace: true })
  return (
    <>
      <div className={css.controls}>
        <PageHead
          title="简报"
          action={
            <div className={css.actions}>
              <Segmented
                aria-label="期间" value={chosen?.key ?? ''} options={periods.map((p) => ({ value: p.key, label: p.title }))}
                onChange={(key) => { const p = periods.find((x) => x.key === key); if (p) go(p.period) }}
              />
              <DatePicker.RangePicker
                aria-label="自定期间" allowClear={false} format="YYYY-MM-DD" maxDate={dayjs(today)}
                value={[dayjs(period.from), dayjs(period.to)]}
                onChange={(v) => { if (v?.[0] && v[1]) go({ from: v[0].format('YYYY-MM-DD'), to: v[1].format('YYYY-MM-DD') }) }}
              />
              <ExportButton path="/briefing" query={period} name={`简报-${period.from}-${period.to}`} />
              <Button icon={<PrinterOutlined />} onClick={() => window.print()}>打印</Button>
            </div>
          }
        />
      </div>
      {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
      {!data && !error && <PageSkeleton />}
      {data && <BriefingSheet briefing={data} />}
    </>
  )
}

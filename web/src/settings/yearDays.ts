import type { CalendarYear } from '../api/contract'

export const weekdays = ['一', '二', '三', '四', '五', '六', '日']
export interface YearDay { day: string; name: string; kind: 'work' | 'weekend' | 'holiday' | 'shifted' }

/** The year as twelve months of weeks, Monday first; null where a week is outside its month. */
export function monthsOf({ year, days }: Pick<CalendarYear, 'year' | 'days'>): (YearDay | null)[][][] {
  const named = new Map(days.map((d) => [d.day, d]))
  return Array.from({ length: 12 }, (_, month) => {
    const lead = (new Date(Date.UTC(year, month, 1)).getUTCDay() + 6) % 7
    const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
    const cells: (YearDay | null)[] = Array<null>(lead).fill(null)
    for (let n = 1; n <= length; n++) {
      const day = `${year}-${String(month + 1).padStart(2, '0')}-${String(n).padStart(2, '0')}`
      const weekend = cells.length % 7 >= 5
      const given = named.get(day)
      cells.push({ day, name: given?.name ?? '', kind: kindOf(weekend, given?.off) })
    }
    while (cells.length % 7) cells.push(null)
    return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7))
  })
}

function kindOf(weekend: boolean, off: boolean | undefined): YearDay['kind'] {
  if (off === true) return 'holiday'
  if (off === false && weekend) return 'shifted'
  return weekend ? 'weekend' : 'work'
}

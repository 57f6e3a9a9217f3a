import dayjs, { type Dayjs } from 'dayjs'
import type { Case } from '../api/types'

export interface RequestFieldValues { purpose: string; basis: string; system: string; until: Dayjs | null }

export function fieldsOf(kase: Case): RequestFieldValues {
  return { purpose: kase.purpose, basis: kase.basis, system: kase.system, until: dayjs(kase.until) }
}

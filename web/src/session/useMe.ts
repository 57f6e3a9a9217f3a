import { useSuspenseQuery } from '@tanstack/react-query'
import { districtQuery, meQuery } from '../api/queries'

/** Who is signed in; inside the frame he is always known. */
export function useMe() {
  return useSuspenseQuery(meQuery).data
}

export function useDistrict() {
  return useSuspenseQuery(districtQuery).data
}

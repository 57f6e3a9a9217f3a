/** The server counts a box up to a thousand; beyond that the page says so. */
export function counted(n: number): string {
  return n >= 1000 ? '999+' : String(n)
}

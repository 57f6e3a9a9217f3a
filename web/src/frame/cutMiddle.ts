/** A long name with its middle left out: both ends tell names apart. */
export function cutMiddle(name: string, max: number): string {
  const letters = [...name]
  if (letters.length <= max) return name
  const tail = Math.floor((max - 1) / 2)
  return `${letters.slice(0, max - 1 - tail).join('')}…${letters.slice(-tail).join('')}`
}

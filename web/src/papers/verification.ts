/** Where anybody can check a paper by its code. */
export function verifyAddress(code: string): string {
  return `${location.origin}/verify?code=${encodeURIComponent(code)}`
}

/** The SHA-256 of a file as hexadecimal, where the browser can compute it. */
export async function hashOf(file: Blob): Promise<string | undefined> {
  if (!crypto.subtle) return undefined // only in a secure context
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, '0')).join('')
}

export const maxBytes = 20 * 1024 * 1024

export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** Why a file is not even sent; empty when it may be tried. */
export function whyNotSent(file: { name: string; size: number }): string {
  if (file.size === 0) return `“${file.name}”是空文件，没有上传。`
  if (file.size > maxBytes) return `“${file.name}”有 ${sizeWords(file.size)}，超过 ${sizeWords(maxBytes)} 的上限，没有上传。`
  return ''
}

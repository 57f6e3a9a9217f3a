export const maxBytes = 20 * 1024 * 1024
export const kinds = ['pdf', 'docx', 'xlsx', 'ofd', 'png', 'jpg', 'jpeg', 'txt', 'csv']

export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** Why a file is not even sent; empty when it may be tried. */
export function whyNotSent(file: { name: string; size: number }): string {
  if (file.size === 0) return `“${file.name}”是空文件，没有上传。`
  if (file.size > maxBytes) return `“${file.name}”有 ${sizeWords(file.size)}，超过 ${sizeWords(maxBytes)} 的上限，没有上传。`
  const kind = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? ''
  if (!kinds.includes(kind)) return `“${file.name}”没有上传：只接受 ${kinds.join('、')} 文件，压缩包请解开后逐个上传。`
  return ''
}

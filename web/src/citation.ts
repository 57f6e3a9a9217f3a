import type { Citation } from './api/types'

/** "26(2)" as the measure is quoted: 第26条第2款. Other forms are left as they are. */
export function articleWords(article: string): string {
  const found = /^(\d+)(?:\((\d+)\))?(?:\((\d+)\))?$/.exec(article.trim())
  if (!found) return article
  const [, number, paragraph, item] = found
  return `第${number}条${paragraph ? `第${paragraph}款` : ''}${item ? `第${item}项` : ''}`
}

/** The article of a citation alone where the measure is understood; another law keeps its name. */
export function shortTitle(citation: Citation): string {
  return citation.title.replace(/^《[^》]*公共数据管理办法》/, '')
}

/** A law's name without its marks; some sources write them, some do not. */
export function bareTitle(title: string): string {
  return title.replace(/^《|》$/g, '')
}

/** The ranks that can carry a refusal: 法律、法规、规章 (25), highest first. */
export const levels = ['法律', '行政法规', '国务院决定', '地方性法规', '部门规章', '地方政府规章'] as const

/** Offered, so that nobody wonders where it is, but never accepted. */
export const barredLevel = '规范性文件'
export const barredReason = '不能作为依据：第二十五条只认法律、法规、规章'

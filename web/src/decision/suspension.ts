/** The reasons for which a term may stand still; the server refuses any other. */
export const suspensionReasons: { code: string; title: string; article: string }[] = [
  { code: 'supplement', title: '等待申请机构补正', article: '《政务数据共享条例》第二十一条' },
  { code: 'expert_review', title: '需要听证、鉴定或者专家评审', article: '《行政许可法》第四十五条' },
  { code: 'force_majeure', title: '不可抗力', article: '《民法典》第一百八十条' },
]

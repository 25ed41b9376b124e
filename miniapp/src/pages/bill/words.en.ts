export const en = {
  rule: (words: string) => `By: ${words}`,
  since: (day: string) => `In force since ${day}`,
  askCompany: 'This item is worked out by the company’s billing system; call us if it is not clear',
  lateTitle: 'How late fees work',
  lateToday: (day: string) => `By the rule, up to ${day}`,
  each: (quantity: string, price: string) => `${quantity} × ¥${price}`,
}

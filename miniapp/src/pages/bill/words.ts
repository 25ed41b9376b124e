import { spoken } from '../../language/spoken'
import { en } from './words.en'

const zh = {
  rule: (words: string) => `按：${words}`,
  since: (day: string) => `${day}起执行`,
  askCompany: '这一项由公司的收费系统算出，不明白可以打电话问',
  each: (quantity: string, price: string) => `${quantity} × ${price} 元`,
  lateTitle: '逾期怎么算',
  lateToday: (day: string) => `按规则算到${day}`,
}

/** How a line of a bill comes about. */
export const said = spoken(zh, en)

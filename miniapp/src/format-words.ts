import { en } from './format-words.en'
import { spoken } from './language/spoken'

const zh = {
  today: (clock: string) => `今天 ${clock}`,
  yesterday: (clock: string) => `昨天 ${clock}`,
  tomorrow: (clock: string) => `明天 ${clock}`,
  day: (month: number, day: number) => `${month}月${day}日`,
  dayOfYear: (year: number, month: number, day: number) => `${year}年${month}月${day}日`,
  at: (day: string, clock: string) => `${day} ${clock}`,
  since: (from: string) => `${from} 起`,
  asOf: (when: string) => `截至${when}`,
  overdue: (days: number) => `已过期 ${days} 天`,
  dueToday: '今天截止',
  dueBy: (day: string) => `${day}前`,
  month: (year: number, month: number) => `${year}年${month}月`,
  season: (years: string) => `${years} 采暖季`,
  listed: (parts: readonly string[]) => parts.join('、'),
  clauses: (parts: readonly string[]) => parts.join('，'),
  sentence: (parts: readonly string[]) => `${parts.join('；')}。`,
  titled: (title: string, text: string) => `${title}：${text}`,
  aside: (text: string) => `（${text}）`,
  asked: (text: string) => `${text}？`,
} as const

/** How days are written, and how parts of a sentence are joined. */
export const written = spoken(zh, en)

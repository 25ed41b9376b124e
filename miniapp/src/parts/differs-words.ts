import { spoken } from '../language/spoken'
import { en } from './differs-words.en'

const zh = {
  title: (fen: number) => (fen > 0 ? '为什么多了' : fen < 0 ? '为什么少了' : '和别的账单比'),
  with: { previous: '和上期比', lastYear: '和去年同期比' },
  sum: (which: string, amount: string) => `${which}是 ${amount}，这期 `,
  same: '和那期一样',
} as const

/** Why two bills differ. */
export const said = spoken(zh, en)

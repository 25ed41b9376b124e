import { parseShanghaiDateTime } from '../../core/clock'
import { ALWAYS } from './calendar'
import { calendarNamed } from './calendar-files'
import { openingOf } from './opening'

const chat = calendarNamed(null, 'chat')
const office = calendarNamed(null, 'office')
const at = (text: string): number => parseShanghaiDateTime(`${text}:00`)

describe('openingOf', () => {
  test('a day with a break at noon is open, shut and open again', () => {
    expect(openingOf(chat, at('2026-11-22 11:59'))).toEqual({
      open: true,
      words: '今天 8:30–12:00、13:30–20:00',
      opensAt: null,
    })
    expect(openingOf(chat, at('2026-11-22 12:00'))).toEqual({
      open: false,
      words: '今天 8:30–12:00、13:30–20:00',
      opensAt: at('2026-11-22 13:30'),
    })
    expect(openingOf(chat, at('2026-11-22 13:30')).open).toBe(true)
  })
  test('after the last span tomorrow is named', () => {
    expect(openingOf(chat, at('2026-11-22 20:00'))).toEqual({
      open: false,
      words: '明天 8:30 开始',
      opensAt: at('2026-11-23 08:30'),
    })
  })
  test('over a holiday the first working day is named', () => {
    // 2026-10-01 to 07 are off; the 8th is a Thursday.
    expect(openingOf(office, at('2026-09-30 18:00'))).toMatchObject({
      open: false,
      words: '10月8日 8:30 开始',
      opensAt: at('2026-10-08 08:30'),
    })
  })
  test('a calendar of all hours is always open', () => {
    expect(openingOf(ALWAYS, at('2026-10-01 03:00'))).toEqual({
      open: true,
      words: '全天24小时',
      opensAt: null,
    })
  })
})

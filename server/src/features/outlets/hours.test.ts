import { dayNumber } from '../catalogue'
import { hoursFaults, isOpenAt, openDay, openDays } from './hours'
import { outletHours } from './schema'

const MORNING = { from: '08:30', to: '12:00' }
const AFTERNOON = { from: '13:30', to: '17:00' }
const week = [1, 2, 3, 4, 5].map(() => [MORNING, AFTERNOON])
const hours = outletHours.parse({
  week: [...week, [MORNING], []],
  holiday: [],
  exceptions: [
    { from: '2026-12-24', to: '2026-12-25', spans: [], note: '盘点' },
    { from: '2026-10-05', to: '2026-10-05', spans: [MORNING], note: '国庆值班' },
  ],
})
const at = (text: string): number => Date.parse(`${text}+08:00`)
const open = (text: string): boolean => isOpenAt(hours, at(text))

test.each([
  ['2026-11-23T08:29:59', false],
  ['2026-11-23T08:30:00', true],
  ['2026-11-23T11:59:59', true],
  ['2026-11-23T12:00:00', false],
  ['2026-11-23T13:30:00', true],
  ['2026-11-23T17:00:00', false],
  // Saturday in the morning, Sunday not at all.
  ['2026-11-28T09:00:00', true],
  ['2026-11-28T14:00:00', false],
  ['2026-11-29T09:00:00', false],
])('%s: open is %s', (text, expected) => expect(open(text)).toBe(expected))

test('a public holiday closes, a make-up Saturday is worked like a Monday, and both say why', () => {
  const holiday = openDay(hours, dayNumber(at('2026-10-01T09:00:00')))
  expect(holiday).toEqual({ day: '2026-10-01', spans: [], note: '法定节假日' })
  const makeUp = openDay(hours, dayNumber(at('2026-10-10T09:00:00')))
  expect(makeUp).toMatchObject({ day: '2026-10-10', note: '调休上班' })
  expect(makeUp.spans).toHaveLength(2)
})

test('what was said for a single day wins over the week and over the holiday', () => {
  expect(open('2026-12-24T09:00:00')).toBe(false)
  expect(open('2026-10-05T09:00:00')).toBe(true)
  expect(openDay(hours, dayNumber(at('2026-10-05T09:00:00'))).note).toBe('国庆值班')
})

test('the days to come are instants in Shanghai, today first', () => {
  const days = openDays(hours, at('2026-11-27T23:59:00'), 3)
  expect(days.map(({ day }) => day)).toEqual(['2026-11-27', '2026-11-28', '2026-11-29'])
  expect(days[1]?.spans).toEqual([{ from: at('2026-11-28T08:30:00'), to: at('2026-11-28T12:00:00') }])
})

test('spans that end before they begin, lie over each other, or last until midnight', () => {
  const monday = (spans: { from: string; to: string }[]) =>
    hoursFaults({ ...hours, week: [spans, ...hours.week.slice(1)] }).map(({ path }) => path)
  expect(monday([{ from: '12:00', to: '08:00' }])).toEqual(['hours.week.0'])
  expect(monday([MORNING, { from: '11:00', to: '13:00' }])).toEqual(['hours.week.0'])
  expect(monday([{ from: '08:00', to: '24:00' }])).toEqual([])
  const backwards = { from: '2026-12-25', to: '2026-12-24', spans: [], note: '盘点' }
  expect(hoursFaults({ ...hours, exceptions: [backwards] })).toHaveLength(1)
})

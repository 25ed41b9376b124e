import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { parseShanghaiDateTime, shanghaiDateTime } from '../../core/clock'
import { projectRoot } from '../../core/config/load'
import { addWorking, ALWAYS, type Calendar, minutesOfDay, workingBetween } from './calendar'
import { calendarNamed, readCalendars } from './calendar-files'

const office = calendarNamed(null, 'office')
const service = calendarNamed(null, 'service')
const HOUR = 3_600_000
const DAY = 450 * 60_000
const at = (text: string): number => parseShanghaiDateTime(`${text}:00`)
const due = (calendar: Calendar, from: string, ms: number): string =>
  shanghaiDateTime(addWorking(calendar, at(from), ms)).slice(0, 16)

/** A seeded generator (mulberry32), so that a failure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

describe('addWorking', () => {
  test('the office calendar has 450 minutes a day and the service calendar 900', () => {
    expect([office, service, ALWAYS].map(minutesOfDay)).toEqual([450, 900, 1440])
  })

  test.each([
    ['inside a span', '2026-11-23 09:00', HOUR, '2026-11-23 10:00'],
    ['over lunch', '2026-11-23 11:30', HOUR, '2026-11-23 14:00'],
    ['used up exactly when a span ends', '2026-11-23 11:00', HOUR, '2026-11-23 12:00'],
    ['begun at lunch', '2026-11-23 12:40', HOUR, '2026-11-23 14:30'],
    ['begun before the office opens', '2026-11-23 02:00', HOUR, '2026-11-23 09:30'],
    ['begun after it shut', '2026-11-23 20:00', HOUR, '2026-11-24 09:30'],
    ['over the night', '2026-11-23 17:00', HOUR, '2026-11-24 09:00'],
    ['over a weekend', '2026-11-20 17:00', HOUR, '2026-11-23 09:00'],
    ['begun on a Sunday', '2026-11-22 10:00', DAY, '2026-11-23 17:30'],
    ['five working days', '2026-11-23 10:00', 5 * DAY, '2026-11-30 10:00'],
    ['nothing at all', '2026-11-22 10:00', 0, '2026-11-22 10:00'],
  ])('counts office time %s', (_, from, ms, expected) => {
    expect(due(office, from, ms)).toBe(expected)
  })

  test('leaves out the whole week of the National Day and counts its make-up Saturday', () => {
    // 2026-10-01 to 10-07 are off; Saturday 10-10 is worked.
    expect(due(office, '2026-09-30 17:00', HOUR)).toBe('2026-10-08 09:00')
    expect(due(office, '2026-10-08 08:30', 3 * DAY)).toBe('2026-10-10 17:30')
    expect(due(office, '2026-10-09 17:30', HOUR)).toBe('2026-10-10 09:30')
  })

  test('counts the make-up Sunday before a holiday', () => {
    expect(due(office, '2026-09-20 09:00', HOUR)).toBe('2026-09-20 10:00')
    expect(due(office, '2026-01-03 12:00', HOUR)).toBe('2026-01-04 09:30')
  })

  test('leaves out nine days of Spring Festival between two make-up Saturdays', () => {
    expect(due(office, '2026-02-14 17:00', HOUR)).toBe('2026-02-24 09:00')
    expect(due(office, '2026-02-27 17:00', HOUR)).toBe('2026-02-28 09:00')
  })

  test('leaves out the statutory days of 2027 while nothing else is published', () => {
    expect(due(office, '2027-02-04 17:00', HOUR)).toBe('2027-02-09 09:00')
    expect(due(office, '2026-12-31 17:00', HOUR)).toBe('2027-01-04 09:00')
  })

  test('service time runs on holidays and stops at night', () => {
    expect(due(service, '2026-10-01 21:30', HOUR)).toBe('2026-10-02 07:30')
  })

  test('always runs through midnight', () => {
    expect(due(ALWAYS, '2026-12-31 23:30', HOUR)).toBe('2027-01-01 00:30')
    expect(workingBetween(ALWAYS, at('2026-12-31 23:30'), at('2027-01-01 00:30'))).toBe(HOUR)
  })

  test('refuses a limit that no calendar can hold instead of running on', () => {
    expect(() => addWorking(office, at('2026-11-22 10:00'), 5000 * DAY)).toThrow('too little working time')
  })
})

describe('workingBetween', () => {
  test('is nothing outside the spans and nothing backwards', () => {
    expect(workingBetween(office, at('2026-11-21 00:00'), at('2026-11-23 08:30'))).toBe(0)
    expect(workingBetween(office, at('2026-11-23 12:00'), at('2026-11-23 13:30'))).toBe(0)
    expect(workingBetween(office, at('2026-11-24 12:00'), at('2026-11-23 12:00'))).toBe(0)
  })

  test('counts a whole working day whatever the hours around it', () => {
    expect(workingBetween(office, at('2026-11-22 23:00'), at('2026-11-24 02:00'))).toBe(DAY)
  })

  test.each([['office'], ['service'], ['always']])(
    'is the inverse of addWorking on the calendar %s, for 3,000 seeded instants',
    (name) => {
      const calendar = calendarNamed(null, name)
      const random = seeded(20_261_122)
      for (let n = 0; n < 3000; n++) {
        const from = at('2025-12-20 00:00') + Math.floor(random() * 400 * 24 * HOUR)
        const work = 1 + Math.floor(random() * 12 * DAY)
        const to = addWorking(calendar, from, work)
        expect(workingBetween(calendar, from, to)).toBe(work)
        // The first such instant: a millisecond earlier something is missing.
        expect(workingBetween(calendar, from, to - 1)).toBe(work - 1)
        const middle = from + Math.floor(random() * (to - from))
        expect(workingBetween(calendar, from, middle) + workingBetween(calendar, middle, to)).toBe(work)
      }
    },
  )
})

test.each([['UTC'], ['America/New_York'], ['Asia/Shanghai']])(
  'a server in the time zone %s counts as one in Shanghai does',
  (zone) => {
    const script = `
      require('@swc/core');
      const { transformFileSync } = require('@swc/core');
      require.extensions['.ts'] = (m, f) => m._compile(transformFileSync(f, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }).code, f);
      const { calendarNamed } = require(${JSON.stringify(join(__dirname, 'calendar-files.ts'))});
      const { addWorking, workingBetween } = require(${JSON.stringify(join(__dirname, 'calendar.ts'))});
      const office = calendarNamed(null, 'office');
      const from = ${at('2026-03-08 06:30')};
      const to = addWorking(office, from, ${3 * DAY + HOUR});
      console.log(JSON.stringify([to, workingBetween(office, from, to), new Date(from).getTimezoneOffset()]))`
    const [to, between, offset] = JSON.parse(
      execFileSync(process.execPath, ['-e', script], {
        cwd: projectRoot(),
        env: { ...process.env, TZ: zone },
        encoding: 'utf8',
      }),
    ) as [number, number, number]
    expect(offset).toBe({ UTC: 0, 'America/New_York': 300, 'Asia/Shanghai': -480 }[zone])
    // Monday to Wednesday whole and an hour of Thursday, over New York's change to summer time.
    expect(shanghaiDateTime(to)).toBe('2026-03-12 09:30:00')
    expect(between).toBe(3 * DAY + HOUR)
  },
)

test('the shipped calendars have no fault, and say which year is not official yet', () => {
  const { faults, holidayYears, byName } = readCalendars()
  expect(faults).toEqual([])
  expect(holidayYears).toEqual([
    { year: 2026, official: true },
    { year: 2027, official: false },
  ])
  expect([...byName.keys()].toSorted()).toEqual(['always', 'chat', 'office', 'service'])
})

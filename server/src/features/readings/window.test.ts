import { shanghaiDateTime } from '../../core/clock'
import { readingWindow } from './window'

const at = (utc: string): number => Date.parse(utc)
const shown = (opensDay: number, closesDay: number, now: string) => {
  const { period, isOpen, opensAt, closesAt } = readingWindow({ opensDay, closesDay }, at(now))
  return [period, isOpen, shanghaiDateTime(opensAt), shanghaiDateTime(closesAt)]
}

test.each([
  ['in the middle', 1, 18, '2026-11-10T02:00:00Z', '2026-11', true, '2026-11-01', '2026-11-19'],
  [
    'the last second of the last day in Shanghai',
    1,
    18,
    '2026-11-18T15:59:59Z',
    '2026-11',
    true,
    '2026-11-01',
    '2026-11-19',
  ],
  [
    'a second later the next month is named',
    1,
    18,
    '2026-11-18T16:00:00Z',
    '2026-12',
    false,
    '2026-12-01',
    '2026-12-19',
  ],
  ['the year ends', 1, 18, '2026-12-31T15:59:59Z', '2027-01', false, '2027-01-01', '2027-01-19'],
  ['before it opens', 5, 18, '2026-11-02T02:00:00Z', '2026-11', false, '2026-11-05', '2026-11-19'],
  ['a month without a 31st', 1, 31, '2026-11-30T15:59:59Z', '2026-11', true, '2026-11-01', '2026-12-01'],
  ['February', 1, 31, '2028-02-29T12:00:00Z', '2028-02', true, '2028-02-01', '2028-03-01'],
])('%s', (_what, opens, closes, now, period, isOpen, opensOn, closesOn) => {
  expect(shown(opens, closes, now)).toEqual([period, isOpen, `${opensOn} 00:00:00`, `${closesOn} 00:00:00`])
})

import { changesAt, daysFrom, doorOf } from './doors'

const at = (text: string): number => Date.parse(`${text}+08:00`)
const span = (day: string, from: string, to: string) => ({
  from: at(`${day}T${from}`),
  to: at(`${day}T${to}`),
})
const days = [
  {
    day: '2026-11-23',
    spans: [span('2026-11-23', '08:30', '12:00'), span('2026-11-23', '13:30', '17:00')],
    note: null,
  },
  { day: '2026-11-24', spans: [], note: '盘点' },
  { day: '2026-11-25', spans: [span('2026-11-25', '08:30', '12:00')], note: null },
]

test.each([
  ['2026-11-23T08:29:59', { state: 'closed', opensAt: at('2026-11-23T08:30'), note: null }],
  ['2026-11-23T08:30:00', { state: 'open', until: at('2026-11-23T12:00') }],
  ['2026-11-23T12:00:00', { state: 'closed', opensAt: at('2026-11-23T13:30'), note: null }],
  ['2026-11-24T09:00:00', { state: 'closed', opensAt: at('2026-11-25T08:30'), note: '盘点' }],
  ['2026-11-25T12:00:00', { state: 'closed', opensAt: null, note: null }],
  // Kept too long: nobody may be sent to a closed door.
  ['2026-11-26T09:00:00', { state: 'unknown' }],
])('%s', (text, door) => expect(doorOf(days, at(text))).toEqual(door))

test('days that are over are not shown, and the page knows when its words change', () => {
  expect(daysFrom(days, at('2026-11-24T09:00')).map(({ day }) => day)).toEqual(['2026-11-24', '2026-11-25'])
  expect(changesAt(days, at('2026-11-23T08:00'))).toBe(at('2026-11-23T08:30'))
  expect(changesAt(days, at('2026-11-23T18:00'))).toBe(at('2026-11-24T00:00'))
})

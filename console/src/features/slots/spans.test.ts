import { daysOn, spansFit, weekdayOf, weekOf } from './spans'

test('days go on over the end of a month and of a year', () => {
  expect([daysOn('2026-11-30', 1), daysOn('2027-01-03', -7)]).toEqual(['2026-12-01', '2026-12-27'])
  expect(weekdayOf('2026-11-22')).toBe(0)
})
test('a week has seven days, also those without any visit', () => {
  const slot = (day: string, from: string) => ({
    slotId: `${day}${from}`,
    day,
    from,
    to: '23:00',
    startsAt: 0,
    endsAt: 0,
    free: 1,
    capacity: 1,
    taken: 0,
    held: 0,
  })
  const week = weekOf('2026-11-22', [slot('2026-11-23', '14:00'), slot('2026-11-23', '09:00')])
  expect(week.map(({ slots }) => slots.length)).toEqual([0, 2, 0, 0, 0, 0, 0])
  expect(week[1]?.slots.map(({ from }) => from)).toEqual(['09:00', '14:00'])
})
test('spans must end after they begin and not overlap', () => {
  const span = (from: string, to: string) => ({ from, to, capacity: 1 })
  expect(spansFit([span('09:00', '11:00'), span('11:00', '12:00')])).toBe(true)
  expect(spansFit([span('11:00', '12:00'), span('09:00', '11:30')])).toBe(false)
  expect(spansFit([span('12:00', '12:00')])).toBe(false)
  expect(spansFit([span('09:00', '')])).toBe(false)
  expect(spansFit([])).toBe(true)
})

import { placeWords, spanWords } from './times'

const at = (words: string): number => Date.parse(`${words}:00+08:00`)
const now = at('2026-11-22T12:00')

test('an end on the same day is only its clock, on another day its date as well', () => {
  const startsAt = at('2026-11-25T08:00')
  expect(spanWords({ startsAt, endsAt: at('2026-11-25T17:00') }, '未定', now)).toBe('11-25 08:00 – 17:00')
  expect(spanWords({ startsAt, endsAt: at('2027-01-02T17:00') }, '未定', now)).toBe(
    '11-25 08:00 – 2027-01-02 17:00',
  )
})
test('an end that nobody knows is said so, and no times at all are a dash', () => {
  expect(spanWords({ startsAt: at('2026-11-25T08:00'), endsAt: null }, '恢复时间未定', now)).toBe(
    '11-25 08:00 · 恢复时间未定',
  )
  expect(spanWords({ startsAt: null, endsAt: null }, '未定', now)).toBe('—')
  expect(spanWords({ startsAt: null, endsAt: at('2026-11-25T17:00') }, '未定', now)).toBe('– 11-25 17:00')
})
test('a place is read from the district to the door', () => {
  expect(placeWords('中山区/松海园/1号楼')).toBe('中山区 松海园 1号楼')
})

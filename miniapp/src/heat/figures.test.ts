import { barPercent, dayAfter, daysUntil, degrees, metres, spanWords, stepsDone, stepsOf } from './figures'

test('temperatures and heights are written as people say them', () => {
  expect([degrees(170), degrees(185), metres(100), metres(150)]).toEqual(['17.0', '18.5', '1', '1.5'])
})

test('a bar never runs out of its box', () => {
  expect([barPercent(-50), barPercent(80), barPercent(170), barPercent(400)]).toEqual([0, 0, 50, 100])
})

test('days are counted over months and years', () => {
  expect([daysUntil('2026-12-01', '2026-11-30'), daysUntil('2027-01-01', '2026-12-31')]).toEqual([1, 1])
  expect(daysUntil('2026-10-17', '2026-10-18')).toBe(-1)
})

test('tomorrow is tomorrow in Shanghai, also late in the evening of UTC', () => {
  expect(dayAfter(Date.UTC(2026, 10, 22, 15, 59), 1)).toBe('2026-11-23')
  expect(dayAfter(Date.UTC(2026, 10, 22, 16, 0), 1)).toBe('2026-11-24')
})

test.each([
  ['open', [], null, 1],
  ['open', [{ visits: [{}], missedAt: null }], null, 2],
  ['open', [{ visits: [], missedAt: 1 }], null, 2],
  ['final', [], null, 3],
  ['agreed', [], null, 4],
  ['half-approved', [], null, 4],
  ['approved', [], { state: 'under-way' }, 5],
  ['approved', [], { state: 'done' }, 6],
])('a case that is %s has so many steps behind it', (state, rounds, payback, done) => {
  expect(
    stepsDone({ kind: 'cold', state, rounds, payback } as unknown as Parameters<typeof stepsDone>[0]),
  ).toBe(done)
})

test('a case for outages has no measuring among its steps, and is agreed to when it is asked for', () => {
  const of = (state: string, payback: object | null) =>
    stepsDone({ kind: 'stop', state, rounds: [], payback } as unknown as Parameters<typeof stepsDone>[0])
  expect(stepsOf({ kind: 'stop' })).toEqual(['reckoned', 'agreed', 'approved', 'paid'])
  expect([of('final', null), of('agreed', null), of('approved', { state: 'under-way' })]).toEqual([1, 2, 3])
  expect(of('approved', { state: 'done' })).toBe(stepsOf({ kind: 'stop' }).length)
})

test.each([
  [0, '不到 1 分钟'],
  [59, '59 分钟'],
  [1440, '1 天'],
  [1800, '1 天 6 小时'],
  [2945, '2 天 1 小时 5 分钟'],
])('%d minutes are %s', (minutes, words) => {
  expect(spanWords(minutes)).toBe(words)
})

import { bubbleOf, byDay } from './thread'

const step = (more: object) => ({
  kind: 'words',
  words: null,
  internal: false,
  byKind: 'system' as const,
  files: [],
  ...more,
})

test('steps are grouped by the day in Shanghai, oldest first', () => {
  const evening = Date.UTC(2026, 10, 21, 15, 59)
  const days = byDay([{ at: evening + 120_000 }, { at: evening }])
  expect(days.map(({ day, steps }) => [day, steps.length])).toEqual([
    ['2026-11-21', 1],
    ['2026-11-22', 1],
  ])
})
test('residents stand at the left, we at the right, notes apart, and silent steps are a line', () => {
  expect(bubbleOf(step({ words: '还是冷', byKind: 'resident' }))).toBe('them')
  expect(bubbleOf(step({ words: '马上到', byKind: 'staff' }))).toBe('us')
  expect(bubbleOf(step({ words: '先看压力', byKind: 'staff', internal: true }))).toBe('note')
  expect(bubbleOf(step({ byKind: 'staff' }))).toBe('line')
})

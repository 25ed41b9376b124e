import { trendOf, unitOf } from './figures'

test('shorter waits and fewer who gave up are better, more good ratings too', () => {
  expect(trendOf({ name: 'queue-ms', today: 10, yesterday: 20 })).toBe('better')
  expect(trendOf({ name: 'abandoned', today: 3, yesterday: 2 })).toBe('worse')
  expect(trendOf({ name: 'good-percent', today: 90, yesterday: 80 })).toBe('better')
  expect(trendOf({ name: 'first-answer-ms', today: 5, yesterday: 5 })).toBe('same')
})
test('how many came is neither good nor bad, and what is not known is not compared', () => {
  expect(trendOf({ name: 'opened', today: 9, yesterday: 1 })).toBeNull()
  expect(trendOf({ name: 'queue-ms', today: null, yesterday: 20 })).toBeNull()
  expect(trendOf({ name: 'queue-ms', today: 20, yesterday: null })).toBeNull()
})
test('each figure has its unit', () => {
  expect([unitOf('queue-ms'), unitOf('good-percent'), unitOf('left-words')]).toEqual([
    'span',
    'percent',
    'count',
  ])
})

import { idsToAsk, leftOf } from './ids-to-ask'

const credits = (left: Record<string, number>) =>
  Object.entries(left).map(([templateId, count]) => ({ templateId, credits: count }))
const none = { longTerm: [] }

test('while nobody knows how many are left, all are asked for', () =>
  expect(idsToAsk(['a', 'b'], { ...none, credits: null })).toEqual(['a', 'b']))
test('who has plenty is left in peace', () =>
  expect(idsToAsk(['a', 'b'], { ...none, credits: credits({ a: 3, b: 7 }) })).toEqual([]))
test('only those of which few are left are asked for, the scarcest first', () =>
  expect(idsToAsk(['a', 'b', 'c'], { ...none, credits: credits({ a: 2, b: 3 }) })).toEqual(['c', 'a']))
test('never more than three at once', () =>
  expect(idsToAsk(['a', 'b', 'c', 'd'], { ...none, credits: credits({ a: 2, b: 1 }) })).toEqual([
    'c',
    'd',
    'b',
  ]))
test('one-time and long-term are never in one question: the one that lasts comes first, the others next time', () => {
  const wanted = ['once', 'long', 'other']
  expect(idsToAsk(wanted, { credits: [], longTerm: ['long'] })).toEqual(['long'])
  expect(idsToAsk(wanted, { credits: credits({ long: 1 }), longTerm: ['long'] })).toEqual(['once', 'other'])
})
test('a template that is wanted twice is asked for once', () =>
  expect(idsToAsk(['a', 'a'], { ...none, credits: [] })).toEqual(['a']))
test('what is left is what the scarcest has; for ever is only what all have for ever', () => {
  expect(leftOf(['a', 'b'], { ...none, credits: credits({ a: 2, b: 5 }) })).toBe(2)
  expect(leftOf(['a', 'b'], { ...none, credits: credits({ a: 2 }) })).toBe(0)
  expect(leftOf(['a'], { credits: credits({ a: 1 }), longTerm: ['a'] })).toBe('always')
  expect(leftOf(['a'], { ...none, credits: null })).toBeNull()
  expect(leftOf([], { ...none, credits: [] })).toBeNull()
})

import { detailWords } from './detail'

test.each([
  [null, '—'],
  ['{"householdId":null,"wrongToday":2}', 'householdId: —；wrongToday: 2'],
  ['{"requestIds":["A","B"],"move":"accept"}', 'requestIds: A、B；move: accept'],
  ['not json', 'not json'],
  ['"text"', '"text"'],
])('%s is read as %s', (detail, words) => {
  expect(detailWords(detail)).toBe(words)
})

import { emptyDraft, faultsOf, importable, questionsFrom } from './draft'

const now = Date.parse('2026-11-22T04:00:00Z')
const draft = { ...emptyDraft('heating', now, '暖气不热怎么办'), body: '先看阀门。' }

test('a search without a hit becomes the title and the first way to ask', () => {
  expect([draft.title, draft.questions, draft.kind]).toEqual(['暖气不热怎么办', ['暖气不热怎么办'], 'qa'])
  expect(faultsOf(draft, now, true)).toEqual([])
})
test('what keeps it from being saved is named', () => {
  expect(faultsOf({ ...draft, title: '暖', body: ' ' }, now, true)).toEqual(['title', 'body'])
  expect(faultsOf({ ...draft, questions: ['x'] }, now, true)).toEqual(['questions'])
  expect(faultsOf({ ...draft, validFrom: now, validUntil: now }, now, true)).toEqual(['days'])
  expect(faultsOf({ ...draft, reviewAt: now }, now, true)).toEqual(['review'])
  expect(faultsOf(draft, now, false)).toEqual(['whatChanged'])
})
test('questions are lines, each once', () => {
  expect(questionsFrom(' 供热 \n\n供热\n怎么交费 ')).toEqual(['供热', '怎么交费'])
})
test('only Markdown goes, and no more than the server takes at once', () => {
  const file = (name: string, size: number) => ({ name, size })
  const { taken, left } = importable([
    file('a.md', 10),
    file('b.txt', 10),
    file('C.MD', 60_001),
    file('d.markdown', 5),
  ])
  expect(taken.map(({ name }) => name)).toEqual(['a.md', 'd.markdown'])
  expect(left.map(({ name }) => name)).toEqual(['b.txt', 'C.MD'])
  const many = Array.from({ length: 60 }, (_, index) => file(`${index}.md`, 1))
  expect(importable(many).taken).toHaveLength(50)
  expect(importable(Array.from({ length: 20 }, (_, at) => file(`${at}.md`, 60_000))).taken).toHaveLength(15)
})

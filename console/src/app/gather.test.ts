import { createGatherer, type Touched } from './gather'

test('fifty changes at once are one question for the lists and one for each request', () => {
  const flushes: (() => void)[] = []
  const told: Touched[] = []
  const onNews = createGatherer(
    (flush) => flushes.push(flush),
    (touched) => told.push(touched),
  )
  for (let change = 0; change < 50; change++) onNews({ topic: 'request', requestId: `r${change % 10}` })
  expect([flushes.length, told.length]).toEqual([1, 0])
  flushes[0]?.()
  expect(told[0]?.requestIds).toHaveLength(10)
  expect(told[0]?.names.filter((name) => name === 'desk.list')).toHaveLength(1)
  onNews({ topic: 'request', requestId: null })
  flushes[1]?.()
  expect(told[1]?.requestIds).toEqual([])
  expect(told[1]?.names).toContain('desk.get')
})

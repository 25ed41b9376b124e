import { Together } from './together'

test('whoever comes while a question is under way is in the next one, each with their own answer', async () => {
  const asked: number[][] = []
  const doubled = new Together<number, number>(async (numbers) => {
    asked.push([...numbers])
    await Promise.resolve()
    return numbers.map((number) => number * 2)
  })
  const first = doubled.ask(1)
  await new Promise(setImmediate)
  const answers = await Promise.all([first, ...[2, 3, 4].map((number) => doubled.ask(number))])
  expect(answers).toEqual([2, 4, 6, 8])
  expect(asked).toEqual([[1], [2, 3, 4]])
})

test('a question that fails is told to all who were in it, and the next is asked', async () => {
  let isDown = true
  const asker = new Together<number, number>(async (numbers) => {
    if (isDown) throw new Error('down')
    return numbers
  })
  const results = await Promise.allSettled([1, 2].map((number) => asker.ask(number)))
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  isDown = false
  expect(await asker.ask(3)).toBe(3)
})

import type { ChatMessage } from './frames'
import { merge, Threads } from './threads'

const message = (seq: number, more: Partial<ChatMessage> = {}): ChatMessage =>
  ({ seq, id: `m${seq}`, mine: false, clientId: null, ...more }) as ChatMessage
const seqs = (items: readonly ChatMessage[]) => items.map(({ seq }) => seq)

test('messages stand by their number, each once, however they came', () => {
  const seed = Date.now()
  let random = seed
  const next = (below: number): number => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648
    return random % below
  }
  for (let round = 0; round < 200; round++) {
    let items: readonly ChatMessage[] = []
    const wanted = new Set<number>()
    for (let page = 0; page < 6; page++) {
      const from = 1 + next(30)
      const come = Array.from({ length: 1 + next(8) }, (_, index) => message(from + index))
      for (const { seq } of come) wanted.add(seq)
      items = merge(items, come)
    }
    expect({ seed, seqs: seqs(items) }).toEqual({ seed, seqs: [...wanted].sort((a, b) => a - b) })
  }
})
test('what was recalled is replaced where it stands', () => {
  const threads = new Threads(
    () => undefined,
    () => undefined,
  )
  threads.loaded('c', [message(1), message(2)], false)
  threads.replaced('c', message(1, { content: { kind: 'recalled' } }))
  expect(threads.get('c').items[0]?.content).toEqual({ kind: 'recalled' })
  expect(seqs(threads.get('c').items)).toEqual([1, 2])
})
test('somebody who has said it does not write any more; my own message says nothing about the other side', () => {
  const threads = new Threads(
    () => undefined,
    () => undefined,
  )
  threads.loaded('c', [message(1)], true)
  threads.typing('c', '*玉', 5)
  threads.received('c', [message(2, { mine: true })])
  expect(threads.get('c').typing).toEqual({ name: '*玉', atMs: 5 })
  threads.received('c', [message(3)])
  expect(threads.get('c').typing).toBeNull()
})
test('the twenty that were looked at last are kept, and the rest is told of', () => {
  const gone: string[] = []
  const threads = new Threads(
    () => undefined,
    (id) => void gone.push(id),
  )
  for (let index = 0; index < 21; index++) {
    threads.touch(`c${index}`)
    threads.loaded(`c${index}`, [message(1)], false)
    threads.touch('c0')
  }
  expect(gone).toEqual(['c1'])
  expect([threads.get('c0').loaded, threads.get('c1').loaded]).toEqual([true, false])
})
test('news of a conversation that nobody opened is not kept', () => {
  const threads = new Threads(
    () => undefined,
    () => undefined,
  )
  threads.received('c', [message(1)])
  expect(threads.get('c').items).toEqual([])
})

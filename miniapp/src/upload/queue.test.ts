import type { FileProgress } from '../api/types'
import { type Attachment, isMoving, needsHand, readyIds, UploadQueue, type UploadPorts } from './queue'

/** A server that keeps what it is sent, and a network that breaks when it is told to. */
function world(content: Record<string, string>) {
  const stored = new Map<string, { bytes: number; text: string; finished: boolean }>()
  const byClient = new Map<string, string>()
  const breaks: string[] = []
  const calls: string[] = []
  let loseAnswer = false
  const gate = (name: string) => {
    calls.push(name)
    if (breaks[0] === name) {
      breaks.shift()
      throw new Error('offline')
    }
  }
  const progressOf = (fileId: string): FileProgress => {
    const file = stored.get(fileId)
    if (!file) throw new Error('gone')
    return { fileId, state: file.finished ? 'ready' : 'receiving', offset: file.text.length, reason: null }
  }
  const ports: UploadPorts = {
    begin: async ({ clientId, bytes }) => {
      gate('begin')
      const fileId = byClient.get(clientId) ?? `F${byClient.size + 1}`
      byClient.set(clientId, fileId)
      if (!stored.has(fileId)) stored.set(fileId, { bytes, text: '', finished: false })
      return { ...progressOf(fileId), partBytes: 4 }
    },
    part: async (fileId, offset, bytes) => {
      gate('part')
      const file = stored.get(fileId)
      if (file && offset === file.text.length) file.text += new TextDecoder().decode(bytes)
      if (loseAnswer) {
        loseAnswer = false
        throw new Error('offline')
      }
      return progressOf(fileId)
    },
    finish: async (_, fileId) => {
      gate('finish')
      const file = stored.get(fileId)
      if (file) file.finished = true
      return progressOf(fileId)
    },
    ask: async (fileId) => {
      gate('ask')
      return progressOf(fileId)
    },
    slice: async (path, position, length) => {
      const text = content[path]
      if (text === undefined) throw new Error('no such file')
      return new TextEncoder().encode(text.slice(position, position + length)).buffer as ArrayBuffer
    },
    judge: (error) => {
      const { message } = error as Error
      return message === 'offline' ? 'lost' : message === 'gone' ? 'gone' : { refused: message }
    },
    newClientId: (
      (next) => () =>
        `id-${next++}`
    )(1),
    rest: async () => undefined,
  }
  return { stored, breaks, calls, ports, loseNextAnswer: () => (loseAnswer = true) }
}
const file = (path: string, text: string) => ({
  kind: 'image' as const,
  path,
  bytes: text.length,
  durationMs: null,
})

test('files arrive whole and in order, one after the other', async () => {
  const { ports, stored, calls } = world({ a: '0123456789', b: 'abc' })
  const queue = new UploadQueue(ports)
  queue.add([file('a', '0123456789'), file('b', 'abc')])
  await untilQuiet(queue)
  expect([...stored.values()].map(({ text }) => text)).toEqual(['0123456789', 'abc'])
  expect(readyIds(queue.items)).toEqual(['F1', 'F2'])
  expect(calls).toEqual(['begin', 'part', 'part', 'part', 'finish', 'begin', 'part', 'finish'])
})
test('a part whose answer was lost is not sent twice', async () => {
  const { ports, stored, loseNextAnswer } = world({ a: '0123456789' })
  loseNextAnswer()
  const queue = new UploadQueue(ports)
  queue.add([file('a', '0123456789')])
  await untilQuiet(queue)
  expect(stored.get('F1')?.text).toBe('0123456789')
  expect(stored.size).toBe(1)
})
test('when the network stays away it stops, and a tap goes on from where it was', async () => {
  const { ports, stored, breaks, calls } = world({ a: '0123456789' })
  breaks.push('part', 'ask', 'ask', 'ask', 'ask')
  const queue = new UploadQueue(ports)
  queue.add([file('a', '0123456789')])
  await untilQuiet(queue)
  const [item] = queue.items
  expect(item?.upload.state).toBe('broken')
  expect(needsHand(queue.items)).toBe(true)
  calls.length = 0
  queue.retry(item?.key ?? '')
  await untilQuiet(queue)
  expect(readyIds(queue.items)).toEqual(['F1'])
  expect(calls[0]).toBe('ask')
  expect(stored.size).toBe(1)
})
test('when the network is back what it broke goes on by itself, from the byte that the server has', async () => {
  const { ports, stored, breaks, calls } = world({ a: '0123456789' })
  const queue = new UploadQueue(ports)
  queue.listen(() => {
    // After the first part nothing comes through any more.
    if (stored.get('F1')?.text === '0123' && breaks.length === 0 && calls.at(-1) === 'part')
      breaks.push('part', 'ask', 'ask', 'ask', 'ask')
  })
  queue.add([file('a', '0123456789')])
  await untilQuiet(queue)
  expect(queue.items[0]?.upload.state).toBe('broken')
  calls.length = 0
  queue.resume()
  await untilQuiet(queue)
  expect(stored.get('F1')?.text).toBe('0123456789')
  expect(calls).toEqual(['ask', 'part', 'part', 'finish'])
})
test('opened again with a draft it goes on with the same file', async () => {
  const { ports, stored, breaks } = world({ a: '0123456789' })
  breaks.push('part', 'ask', 'ask', 'ask', 'ask')
  let kept: readonly Attachment[] = []
  const before = new UploadQueue(ports)
  before.listen((items) => (kept = items))
  before.add([file('a', '0123456789')])
  await untilQuiet(before)
  const again = new UploadQueue(ports, JSON.parse(JSON.stringify(kept)) as Attachment[])
  await again.run()
  expect(readyIds(again.items)).toEqual(['F1'])
  expect(stored.get('F1')?.text).toBe('0123456789')
})
test('a finished file of a draft stays finished even when the phone has lost it', async () => {
  const content: Record<string, string> = { a: '0123' }
  const { ports } = world(content)
  const queue = new UploadQueue(ports)
  queue.add([file('a', '0123')])
  await untilQuiet(queue)
  delete content['a']
  const again = new UploadQueue(ports, queue.items)
  await again.run()
  expect(readyIds(again.items)).toEqual(['F1'])
})
test('a file that the phone has lost half-way says so and holds nobody up', async () => {
  const { ports } = world({ b: 'abc' })
  const queue = new UploadQueue(ports)
  queue.add([file('a', '0123'), file('b', 'abc')])
  await untilQuiet(queue)
  expect(queue.items.map(({ upload }) => upload.state)).toEqual(['refused', 'ready'])
})
test('a file taken away is not sent any further', async () => {
  const { ports, calls } = world({ a: '0123456789' })
  const queue = new UploadQueue(ports)
  queue.listen((items) => {
    const [item] = items
    if (item && item.upload.offset >= 4) queue.remove(item.key)
  })
  queue.add([file('a', '0123456789')])
  await untilQuiet(queue)
  expect(queue.items).toEqual([])
  expect(calls).toEqual(['begin', 'part'])
})

/** `run` while it already runs returns at once, so quiet is when nothing moves any more. */
async function untilQuiet(queue: UploadQueue): Promise<void> {
  for (let turns = 0; isMoving(queue.items); turns++) {
    if (turns > 10_000) throw new Error('it never comes to rest')
    await Promise.resolve()
  }
}

import type { FileProgress } from '../api/types'
import { newUpload } from '../upload/plan'
import type { UploadPorts } from '../upload/queue'
import { emptyOutbox, refusedOf } from './outbox'
import { Sender, type SenderPorts } from './sender'
import type { ActionResult, FieldAction, Outbox, Step } from './types'

/** A server that does each action id once, a telephone that remembers, and a network that breaks when told to. */
function world() {
  const effects: string[] = []
  const done = new Set<string>()
  const files = new Map<string, { bytes: number; length: number; ready: boolean }>()
  const byClient = new Map<string, string>()
  const calls: string[] = []
  const dropped: string[] = []
  const refuse = new Map<string, string>()
  const kept: { text: string } = { text: JSON.stringify(emptyOutbox) }
  const network = { up: true, loseAnswers: 0, diesAtPart: 0, full: false }
  const meet = (name: string): void => {
    calls.push(name)
    if (!network.up) throw new Error('offline')
  }
  const progress = (fileId: string): FileProgress => {
    const file = files.get(fileId)
    return {
      fileId,
      state: file?.ready ? 'ready' : 'receiving',
      offset: file?.length ?? 0,
      reason: null,
    }
  }
  const uploads: UploadPorts = {
    begin: async ({ clientId, bytes }) => {
      meet('begin')
      const fileId = byClient.get(clientId) ?? `F${byClient.size + 1}`
      byClient.set(clientId, fileId)
      if (!files.has(fileId)) files.set(fileId, { bytes, length: 0, ready: false })
      return { ...progress(fileId), partBytes: 4 }
    },
    part: async (fileId, offset, bytes) => {
      meet('part')
      const file = files.get(fileId)
      if (file && offset === file.length) file.length += bytes.byteLength
      network.diesAtPart -= 1
      if (network.diesAtPart === 0) network.up = false
      return progress(fileId)
    },
    finish: async (_, fileId) => {
      meet('finish')
      const file = files.get(fileId)
      if (file) file.ready = true
      return progress(fileId)
    },
    ask: async (fileId) => {
      meet('ask')
      return progress(fileId)
    },
    slice: async (path, _, length) => {
      if (path === 'lost') throw new Error('no such file')
      return new ArrayBuffer(length)
    },
    judge: () => 'lost',
    newClientId: () => 'another-id',
    rest: async () => undefined,
  }
  const ports: SenderPorts = {
    keep: (outbox) => {
      if (network.full) throw new Error('no room')
      kept.text = JSON.stringify(outbox)
    },
    send: async (steps) => {
      meet(`send ${steps.length}`)
      const stopped = new Set<string>()
      const results = steps.map(({ actionId, requestId, action }): ActionResult => {
        if (stopped.has(requestId)) return { actionId, outcome: 'skipped', why: null }
        if (done.has(actionId)) return { actionId, outcome: 'done-before', why: null }
        const why = refuse.get(actionId)
        if (why !== undefined) {
          stopped.add(requestId)
          return { actionId, outcome: 'refused', why }
        }
        done.add(actionId)
        effects.push('fileId' in action ? `${actionId}:${action.fileId}` : actionId)
        return { actionId, outcome: 'done', why: null }
      })
      if (network.loseAnswers > 0) {
        network.loseAnswers -= 1
        throw new Error('offline')
      }
      return { results, orders: [] }
    },
    isUnsure: (error) => (error as Error).message === 'offline',
    uploads,
    drop: (path) => dropped.push(path),
    gone: '手机里找不到了',
  }
  /** The app opened again: nothing is left but what the telephone has kept. */
  const opened = (): Sender => new Sender(ports, JSON.parse(kept.text) as Outbox)
  return { effects, calls, dropped, refuse, network, kept, opened }
}

const step = (actionId: string, action: FieldAction, requestId = 'R1', path: string | null = null): Step => ({
  actionId,
  requestId,
  at: 1,
  action,
  file:
    path === null
      ? null
      : {
          key: `file-${actionId}`,
          kind: 'image',
          path,
          durationMs: null,
          upload: newUpload('image', 10, `file-${actionId}`),
        },
  refused: null,
})
const note = (actionId: string, requestId = 'R1') =>
  step(actionId, { kind: 'note', words: '备注' }, requestId)
const photo = (actionId: string, path = 'a.jpg') =>
  step(actionId, { kind: 'photo', fileId: '', role: 'after' }, 'R1', path)

test('what was done without a network goes up in order when it is back, each once', async () => {
  const { effects, network, opened } = world()
  network.up = false
  const sender = opened()
  for (const id of ['a', 'b', 'c']) sender.add(note(id))
  await sender.run()
  expect(effects).toEqual([])
  expect(sender.outbox.waiting).toHaveLength(3)
  network.up = true
  await sender.run()
  expect(effects).toEqual(['a', 'b', 'c'])
  expect(sender.outbox.waiting).toEqual([])
  expect(sender.outbox.done.map(({ actionId }) => actionId)).toEqual(['a', 'b', 'c'])
})

test('a whole day replayed twice, by two openings of the app that both never heard an answer, happens once', async () => {
  const { effects, network, opened } = world()
  network.up = false
  const before = opened()
  for (const id of ['a', 'b', 'c', 'd']) before.add(note(id))
  await before.run()
  network.up = true
  network.loseAnswers = 2
  await opened().run()
  await opened().run()
  const last = opened()
  expect(last.outbox.waiting).toHaveLength(4)
  await last.run()
  expect(effects).toEqual(['a', 'b', 'c', 'd'])
  expect(opened().outbox.waiting).toEqual([])
})

test('an app that dies between the server’s doing and its own remembering does nothing twice', async () => {
  const { effects, kept, opened } = world()
  const sender = opened()
  sender.add(note('a'))
  const beforeAnswer = kept.text
  await sender.run()
  // The memory of the telephone as it was before the answer came.
  kept.text = beforeAnswer
  const again = opened()
  expect(again.outbox.waiting).toHaveLength(1)
  await again.run()
  expect(effects).toEqual(['a'])
  expect(again.outbox.waiting).toEqual([])
})

test('a photo goes up before what follows it, and goes on in the middle after the app was closed', async () => {
  const { effects, calls, network, dropped, opened } = world()
  network.diesAtPart = 2
  const sender = opened()
  sender.add(note('first'))
  sender.add(photo('photo'))
  sender.add(note('last'))
  await sender.run()
  expect(effects).toEqual(['first'])
  network.up = true
  calls.length = 0
  const again = opened()
  await again.run()
  expect(effects).toEqual(['first', 'photo:F1', 'last'])
  // Eight of ten bytes were there already: one question, one part.
  expect(calls).toEqual(['ask', 'part', 'finish', 'send 2'])
  // The page still shows the photo; it leaves the telephone when the order does.
  again.forgetOthers(['R1'])
  expect(dropped).toEqual([])
  again.forgetOthers(['R2'])
  expect(dropped).toEqual(['a.jpg'])
})

test('a refused step keeps the later ones of its order back, and only those', async () => {
  const { effects, refuse, opened } = world()
  refuse.set('b', '这一单已经取消了')
  const sender = opened()
  for (const each of [note('a'), note('b'), note('c'), note('x', 'R2')]) sender.add(each)
  await sender.run()
  expect(effects).toEqual(['a', 'x'])
  expect(refusedOf(sender.outbox).map(({ refused }) => refused)).toEqual(['这一单已经取消了'])
  sender.add(note('y', 'R2'))
  await sender.run()
  expect(effects).toEqual(['a', 'x', 'y'])
  // Taken away by hand: what stood behind it goes on.
  sender.takeBack('b')
  await sender.run()
  expect(effects).toEqual(['a', 'x', 'y', 'c'])
})

test('a refused step can be tried once more under its own id', async () => {
  const { effects, refuse, opened } = world()
  refuse.set('a', '稍后再试')
  const sender = opened()
  sender.add(note('a'))
  await sender.run()
  refuse.clear()
  sender.retry('a')
  await sender.run()
  expect(effects).toEqual(['a'])
})

test('a photo that the telephone has lost says so and does not hold other orders up', async () => {
  const { effects, opened } = world()
  const sender = opened()
  sender.add(photo('photo', 'lost'))
  sender.add(note('x', 'R2'))
  await sender.run()
  expect(effects).toEqual(['x'])
  expect(refusedOf(sender.outbox)[0]?.refused).toBe('手机里找不到了')
})

test('a lost photo that is tried again without being there is refused again, and the run ends', async () => {
  const { opened } = world()
  const sender = opened()
  sender.add(photo('photo', 'lost'))
  await sender.run()
  sender.retry('photo')
  await sender.run()
  expect(refusedOf(sender.outbox)).toHaveLength(1)
  expect(refusedOf(opened().outbox)).toHaveLength(1)
})

test('a step that the telephone has no room for is not believed to be kept', () => {
  const { network, opened } = world()
  const sender = opened()
  network.full = true
  expect(() => sender.add(note('a'))).toThrow('no room')
  expect(sender.outbox.waiting).toEqual([])
})

test('more than the server takes at once goes in several calls, still in order', async () => {
  const { effects, calls, network, opened } = world()
  network.up = false
  const sender = opened()
  const ids = Array.from({ length: 120 }, (_, n) => `n${n}`)
  for (const id of ids) sender.add(note(id))
  await sender.run()
  calls.length = 0
  network.up = true
  await sender.run()
  expect(effects).toEqual(ids)
  expect(calls).toEqual(['send 50', 'send 50', 'send 20'])
})

test('many who ask at once share one run', async () => {
  const { effects, calls, opened } = world()
  const sender = opened()
  sender.add(note('a'))
  await Promise.all([sender.run(), sender.run(), sender.run()])
  expect(effects).toEqual(['a'])
  expect(calls).toEqual(['send 1'])
})

import { newUpload } from '../upload/plan'
import type { Outgoing } from './outbox'
import { Sender, type SenderPorts } from './sender'
import type { Conversation, Sent, SendInput } from './types'

const text = (clientId: string, conversationId = 'c1'): Outgoing => ({
  clientId,
  conversationId,
  at: 1,
  draft: { kind: 'text', text: clientId },
  refused: null,
})

/** A server that keeps each message once, and a network that breaks when it is told to. */
function world(kept: readonly Outgoing[] = []) {
  const stored: SendInput[] = []
  const faults: ('offline' | 'answer lost' | 'refused')[] = []
  const dropped: string[] = []
  const sent: Sent[] = []
  let wake: (() => void) | null = null
  let onDisk: readonly Outgoing[] = kept
  let files = 0
  const ports: SenderPorts = {
    keep: (list) => {
      onDisk = JSON.parse(JSON.stringify(list)) as Outgoing[]
    },
    send: async (input) => {
      const fault = faults.shift()
      if (fault === 'offline' || fault === 'refused') throw new Error(fault)
      if (!stored.some(({ clientId }) => clientId === input.clientId)) stored.push(input)
      if (fault === 'answer lost') throw new Error('offline')
      return { message: { clientId: input.clientId } } as Sent
    },
    isUnsure: (error) => (error as Error).message === 'offline',
    reason: () => '对话已经结束',
    uploads: {
      begin: async () => ({
        fileId: `F${++files}`,
        state: 'receiving',
        offset: 0,
        reason: null,
        partBytes: 10,
      }),
      part: async (fileId, offset, bytes) => {
        if (faults[0] === 'offline') {
          faults.shift()
          throw new Error('offline')
        }
        return { fileId, state: 'receiving', offset: offset + bytes.byteLength, reason: null }
      },
      finish: async (_, fileId) => ({ fileId, state: 'ready', offset: 10, reason: null }),
      ask: async (fileId) => {
        if (faults[0] === 'offline') {
          faults.shift()
          throw new Error('offline')
        }
        return { fileId, state: 'receiving', offset: 0, reason: null }
      },
      slice: async (_, __, length) => new ArrayBuffer(length),
      judge: () => 'lost',
      newClientId: () => 'new',
      rest: async () => undefined,
    },
    drop: (path) => dropped.push(path),
    later: (work) => {
      wake = work
      return () => {
        wake = null
      }
    },
    gone: '手机里找不到了',
  }
  const sender = new Sender(ports, kept)
  sender.listen({ sent: (one) => sent.push(one) })
  return {
    sender,
    stored,
    faults,
    dropped,
    sent,
    disk: () => onDisk,
    state: () => sender.now().state,
    wake: () => wake?.(),
    waits: () => wake !== null,
    words: () => stored.map(({ content }) => (content.kind === 'text' ? content.text : content.kind)),
  }
}

test('messages go in the order in which they were written', async () => {
  const { sender, words, sent } = world()
  for (const name of ['一', '二', '三']) sender.add(text(name))
  await sender.run()
  expect(words()).toEqual(['一', '二', '三'])
  expect(sent.map(({ message }) => message.clientId)).toEqual(['一', '二', '三'])
  expect([sender.now().list, sender.now().state]).toEqual([[], 'idle'])
})
test('without a network they wait, are kept, and go once each when it is back', async () => {
  const { sender, faults, words, disk, state, waits, wake } = world()
  faults.push('offline')
  sender.add(text('一'))
  sender.add(text('二'))
  await sender.run()
  expect([state(), waits(), disk().map(({ clientId }) => clientId)]).toEqual(['waiting', true, ['一', '二']])
  wake()
  await sender.run()
  expect([words(), disk()]).toEqual([['一', '二'], []])
})
test('a message whose answer was lost is one message', async () => {
  const { sender, faults, words } = world()
  faults.push('answer lost')
  sender.add(text('一'))
  await sender.run()
  await sender.run()
  expect(words()).toEqual(['一'])
})
test('a closed app sends what waited under the same name', async () => {
  const before = world()
  before.faults.push('answer lost')
  before.sender.add(text('一'))
  await before.sender.run()
  const again = world(before.disk())
  await again.sender.run()
  expect(again.stored.map(({ clientId }) => clientId)).toEqual(['一'])
})
test('a refused message says why and holds up nobody', async () => {
  const { sender, faults, words } = world()
  faults.push('refused')
  sender.add(text('一'))
  sender.add(text('二'))
  await sender.run()
  expect(words()).toEqual(['二'])
  expect(sender.now().list.map(({ clientId, refused }) => [clientId, refused])).toEqual([
    ['一', '对话已经结束'],
  ])
})
test('what was refused because its conversation had ended goes into the open one', async () => {
  const { sender, faults, stored } = world()
  faults.push('refused')
  sender.add(text('一'))
  await sender.run()
  sender.retry('一', { id: 'c2' } as Conversation)
  await sender.run()
  expect(stored.map(({ clientId, conversationId }) => [clientId, conversationId])).toEqual([['一', 'c2']])
})
test('what was taken away is not sent', async () => {
  const { sender, faults, words } = world()
  faults.push('offline')
  sender.add(text('一'))
  await sender.run()
  sender.remove('一')
  await sender.run()
  expect(words()).toEqual([])
})

describe('a picture', () => {
  const picture: Outgoing = {
    ...text('图'),
    draft: {
      kind: 'file',
      file: {
        key: 'k',
        kind: 'image',
        path: 'kept/1',
        durationMs: null,
        upload: newUpload('image', 10, 'k'),
      },
    },
  }
  test('is sent when all of it is there, and leaves the phone then', async () => {
    const { sender, stored, dropped } = world()
    sender.add(picture)
    await sender.run()
    expect(stored[0]?.content).toEqual({ kind: 'image', fileId: 'F1' })
    expect(dropped).toEqual(['kept/1'])
  })
  test('goes on after a network that stayed away, as the same file', async () => {
    const { sender, faults, stored, state } = world()
    faults.push(...Array.from({ length: 5 }, () => 'offline' as const))
    sender.add(picture)
    await sender.run()
    expect([state(), stored]).toEqual(['waiting', []])
    await sender.run()
    expect(stored.map(({ content }) => content)).toEqual([{ kind: 'image', fileId: 'F1' }])
  })
})

import type { NewMessage } from './frames'
import { Outbox, type OutboxDoor } from './outbox'

class TestDoor implements OutboxDoor {
  socket = false
  readonly overSocket: string[] = []
  readonly posted: { clientId: string; answer: () => void; fail: (error: Error) => void }[] = []
  due: { ms: number; work: () => void }[] = []

  put({ clientId }: NewMessage) {
    if (this.socket) this.overSocket.push(clientId)
    return this.socket
  }
  post({ clientId }: NewMessage) {
    return new Promise<void>((answer, fail) => void this.posted.push({ clientId, answer, fail }))
  }
  refusal(error: unknown) {
    return error instanceof Error && error.message !== 'offline' ? error.message : null
  }
  later(work: () => void, ms: number) {
    const entry = { ms, work }
    this.due.push(entry)
    return () => {
      this.due = this.due.filter((one) => one !== entry)
    }
  }
  nowMs() {
    return 1
  }
  /** Runs what waits, once. */
  async pass(): Promise<void> {
    for (const { work } of this.due.splice(0)) work()
    await settled()
  }
}
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
const words = (clientId: string, conversationId = 'c1'): NewMessage => ({
  conversationId,
  clientId,
  content: { kind: 'text', text: clientId },
})

let door: TestDoor
let outbox: Outbox
beforeEach(() => {
  door = new TestDoor()
  outbox = new Outbox(door, () => undefined)
})
const states = () => outbox.list().map(({ message, state }) => `${message.clientId} ${state}`)

test('messages of one conversation go one after the other, those of another at once', async () => {
  for (const message of [words('a'), words('b'), words('x', 'c2')]) outbox.add(message)
  expect(door.posted.map(({ clientId }) => clientId)).toEqual(['a', 'x'])
  door.posted[0]?.answer()
  await settled()
  expect(door.posted.map(({ clientId }) => clientId)).toEqual(['a', 'x', 'b'])
  expect(states()).toEqual(['a sent', 'b sending', 'x sending'])
  outbox.arrived('a')
  expect(states()).toEqual(['b sending', 'x sending'])
})
test('a socket that says nothing is not believed: the same message goes over HTTP too', async () => {
  door.socket = true
  outbox.add(words('a'))
  expect([door.overSocket, door.posted]).toEqual([['a'], []])
  await door.pass()
  expect(door.posted.map(({ clientId }) => clientId)).toEqual(['a'])
})
test('what a lost socket carried goes the other way at once, under the same id', () => {
  door.socket = true
  outbox.add(words('a'))
  door.socket = false
  outbox.lineLost()
  expect(door.posted.map(({ clientId }) => clientId)).toEqual(['a'])
})
test('without a network it tries some times, then the person may, with the same id', async () => {
  outbox.add(words('a'))
  for (let tries = 0; tries < 4; tries++) {
    door.posted[tries]?.fail(new Error('offline'))
    await settled()
    await door.pass()
  }
  expect([states(), door.posted.length]).toEqual([['a failed'], 4])
  outbox.retry('a')
  door.posted[4]?.answer()
  await settled()
  expect(states()).toEqual(['a sent'])
  expect(new Set(door.posted.map(({ clientId }) => clientId))).toEqual(new Set(['a']))
})
test('a refusal is not repeated, says why, and lets the next one go', async () => {
  outbox.add(words('a'))
  outbox.add(words('b'))
  door.posted[0]?.fail(new Error('会话已结束'))
  await settled()
  expect(outbox.list()[0]).toMatchObject({ state: 'failed', why: '会话已结束' })
  expect(door.posted[1]?.clientId).toBe('b')
  outbox.discard('a')
  expect(states()).toEqual(['b sending'])
})
test('the socket’s refusal counts as well, and what is under way cannot be thrown away', () => {
  door.socket = true
  outbox.add(words('a'))
  outbox.discard('a')
  expect(states()).toEqual(['a sending'])
  outbox.refused('a', '太快了')
  expect(outbox.list()[0]?.why).toBe('太快了')
})
test('a message that came back while its answer was lost is there once', async () => {
  outbox.add(words('a'))
  outbox.arrived('a')
  door.posted[0]?.fail(new Error('offline'))
  await settled()
  await door.pass()
  expect([states(), door.posted.length]).toEqual([[], 1])
})

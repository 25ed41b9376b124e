import type { SocketEnds } from '../platform/types'
import { Line, type LineDoor, type LineState } from './line'
import type { ChatMessage, Conversation, FrameIn, FrameOut } from './types'

const message = (seq: number): ChatMessage => ({
  id: `m${seq}`,
  conversationId: 'c1',
  seq,
  from: 'staff',
  name: '王芳',
  mine: false,
  clientId: null,
  audience: 'all',
  at: seq,
  content: { kind: 'text', text: `第${seq}句` },
  mayRecallUntil: null,
  outside: null,
})
const messages = (...seqs: number[]): FrameOut => ({
  op: 'messages',
  conversationId: 'c1',
  items: seqs.map(message),
  more: false,
})

/** A phone whose sockets, polls and time are moved by hand. */
class World {
  readonly sockets: { said: FrameIn[]; ends: SocketEnds; closed: boolean }[] = []
  readonly polls: { watch: string; answer(frames: FrameOut[]): void; fail(error: unknown): void }[] = []
  private timers: { at: number; work: () => void }[] = []
  readonly seqs: number[] = []
  readonly states: LineState[] = []
  readonly frames: FrameOut[] = []
  tickets: (string | Error)[] = []
  asked = 0
  private nowMs = 0
  readonly line: Line

  constructor() {
    const door: LineDoor = {
      ticket: async () => {
        this.asked += 1
        const next = this.tickets.shift()
        if (next instanceof Error) throw next
        return { url: 'wss://portal.test/chat/socket', pollUrl: '/chat/poll' }
      },
      connect: (_, ends) => {
        const socket = { said: [] as FrameIn[], ends, closed: false }
        this.sockets.push(socket)
        return {
          send: (text) => socket.said.push(JSON.parse(text) as FrameIn),
          close: () => {
            socket.closed = true
          },
        }
      },
      poll: (_, { watch }) =>
        new Promise((resolve, reject) => this.polls.push({ watch, answer: resolve, fail: reject })),
      isOver: (error) => error instanceof Error && error.message === 'signed out',
      later: (work, ms) => {
        const timer = { at: this.nowMs + ms, work }
        this.timers.push(timer)
        return () => {
          this.timers = this.timers.filter((one) => one !== timer)
        }
      },
      random: () => 1,
    }
    this.line = new Line(door)
    this.line.listen({
      frame: (frame) => {
        this.frames.push(frame)
        if (frame.op === 'messages') this.seqs.push(...frame.items.map(({ seq }) => seq))
      },
      state: (state) => this.states.push(state),
    })
  }

  get socket() {
    const last = this.sockets[this.sockets.length - 1]
    if (!last) throw new Error('no socket was opened')
    return last
  }

  get state(): LineState | undefined {
    return this.states[this.states.length - 1]
  }

  async pass(ms: number): Promise<void> {
    const until = this.nowMs + ms
    for (;;) {
      await settled()
      const [next] = this.timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
      if (!next) break
      this.timers = this.timers.filter((one) => one !== next)
      this.nowMs = next.at
      next.work()
    }
    this.nowMs = until
  }

  async open(): Promise<void> {
    this.line.show()
    await settled()
    this.hear({ op: 'hello', beatMs: 25_000 })
  }

  hear(...frames: FrameOut[]): void {
    for (const frame of frames) this.socket.ends.text(JSON.stringify(frame))
  }

  watched(): FrameIn[] {
    return this.socket.said.filter(({ op }) => op === 'watch')
  }
}

/** Long enough for whatever waits for nothing but promises. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

test('after hello it asks for what is behind its number, and gives it in order', async () => {
  const world = new World()
  world.line.watch('c1', 4)
  await world.open()
  expect(world.watched()).toEqual([{ op: 'watch', conversationId: 'c1', after: 4 }])
  world.hear(messages(5, 6))
  expect(world.seqs).toEqual([5, 6])
  expect(world.state).toBe('live')
})
test('what was given before a break is not given again, and nothing is left out', async () => {
  const world = new World()
  world.line.watch('c1', 0)
  await world.open()
  world.hear(messages(1, 2))
  world.socket.ends.closed()
  await world.pass(500)
  world.hear({ op: 'hello', beatMs: 25_000 })
  expect(world.watched()).toEqual([{ op: 'watch', conversationId: 'c1', after: 2 }])
  world.hear(messages(2, 3), messages(3), messages(4))
  expect(world.seqs).toEqual([1, 2, 3, 4])
})
test('where there is more, it asks on after the last one', async () => {
  const world = new World()
  world.line.watch('c1', 0)
  await world.open()
  world.hear({ op: 'messages', conversationId: 'c1', items: [message(1), message(2)], more: true })
  expect(world.watched().slice(1)).toEqual([{ op: 'watch', conversationId: 'c1', after: 2 }])
})
test('a socket that missed something asks again from its last number', async () => {
  const world = new World()
  world.line.watch('c1', 0)
  await world.open()
  world.hear(messages(1), { op: 'lost' })
  expect(world.watched().slice(1)).toEqual([{ op: 'watch', conversationId: 'c1', after: 1 }])
})
test('of two conversations only the one that is looked at is followed', async () => {
  const world = new World()
  world.line.watch('c0', 9)
  await world.open()
  world.line.watch('c1', 0)
  expect(world.socket.said.slice(1)).toEqual([
    { op: 'unwatch', conversationId: 'c0' },
    { op: 'watch', conversationId: 'c1', after: 0 },
  ])
  world.hear({ op: 'messages', conversationId: 'c0', items: [message(10)], more: false }, messages(1))
  expect(world.seqs).toEqual([1])
})
test('frames of another version of the server are handed on and break nothing', async () => {
  const world = new World()
  await world.open()
  world.socket.ends.text('{"op":"fireworks"}')
  world.line.watch('c1', 0)
  world.hear(messages(1))
  expect(world.seqs).toEqual([1])
})
test('a socket that says nothing over two beats is dead and replaced', async () => {
  const world = new World()
  world.line.watch('c1', 0)
  await world.open()
  const [first] = world.sockets
  await world.pass(25_000)
  world.hear({ op: 'pong' })
  await world.pass(74_000)
  expect(first?.closed).toBe(false)
  await world.pass(1_500)
  expect(first?.closed).toBe(true)
  expect(world.sockets).toHaveLength(2)
})
test('it waits longer after each failure and starts afresh when the app is shown', async () => {
  const world = new World()
  world.tickets = Array.from({ length: 4 }, () => new Error('offline'))
  world.line.show()
  await world.pass(0)
  expect([world.asked, world.state]).toEqual([1, 'lost'])
  await world.pass(499)
  expect(world.asked).toBe(1)
  await world.pass(1)
  expect(world.asked).toBe(2)
  await world.pass(999)
  expect(world.asked).toBe(2)
  world.line.show()
  await world.pass(0)
  expect(world.asked).toBe(3)
})
test('out of view it holds nothing open and tries nothing', async () => {
  const world = new World()
  await world.open()
  world.line.hide()
  expect(world.socket.closed).toBe(true)
  await world.pass(600_000)
  expect([world.asked, world.state]).toEqual([1, 'off'])
})
test('what an old socket still says after the app was hidden means nothing', async () => {
  const world = new World()
  world.line.watch('c1', 0)
  await world.open()
  const { ends } = world.socket
  world.line.hide()
  ends.text(JSON.stringify(messages(1)))
  ends.closed()
  expect([world.seqs, world.state]).toEqual([[], 'off'])
})
test('nobody who is signed out asks for ever', async () => {
  const world = new World()
  world.tickets = [new Error('signed out')]
  world.line.show()
  await world.pass(600_000)
  expect([world.asked, world.state]).toEqual([1, 'off'])
})

/** Sockets that never say hello, until it gives them up. */
async function blocked(world: World): Promise<void> {
  world.line.show()
  for (let tries = 0; tries < 3; tries++) {
    await settled()
    world.socket.ends.closed()
    await world.pass(2_000)
  }
}

describe('where sockets are blocked', () => {
  test('the same frames come by polling, behind the number and the version that it has', async () => {
    const world = new World()
    world.line.watch('c1', 3)
    await blocked(world)
    expect([world.sockets.length, world.state]).toEqual([3, 'polling'])
    expect(world.polls[0]?.watch).toBe('c1:3:0')
    const conversation = { id: 'c1', version: 7 } as Conversation
    world.polls[0]?.answer([{ op: 'conversation', conversation }, messages(4, 5)])
    await settled()
    expect(world.polls[1]?.watch).toBe('c1:5:7')
    expect(world.seqs).toEqual([4, 5])
  })
  test('a socket is tried again later, and polling ends when there is one', async () => {
    const world = new World()
    world.line.watch('c1', 0)
    await blocked(world)
    await world.pass(120_000)
    expect(world.sockets).toHaveLength(4)
    world.hear({ op: 'hello', beatMs: 25_000 }, messages(1))
    world.polls[0]?.answer([messages(1)])
    await settled()
    expect([world.seqs, world.state, world.polls.length]).toEqual([[1], 'live', 1])
  })
  test('one more socket that is blocked leads straight back to polling', async () => {
    const world = new World()
    world.line.watch('c1', 0)
    await blocked(world)
    await world.pass(120_000)
    world.socket.ends.closed()
    expect([world.state, world.polls.length]).toEqual(['polling', 2])
  })
  test('a poll that fails is tried again after a while', async () => {
    const world = new World()
    world.line.watch('c1', 0)
    await blocked(world)
    world.polls[0]?.fail(new Error('offline'))
    await settled()
    expect(world.state).toBe('lost')
    await world.pass(30_000)
    expect(world.sockets.length).toBeGreaterThan(3)
  })
  test('a socket that never says anything is given up as well', async () => {
    const world = new World()
    world.line.watch('c1', 0)
    world.line.show()
    await world.pass(60_000)
    expect([world.sockets.length, world.state]).toEqual([3, 'polling'])
  })
})

import type { FrameIn, FrameOut } from './frames'
import { Line, type LineDoor, type LineState, type Polled, type Watching, type WireEnds } from './line'

/** A door with a clock of its own; what is due runs when the test lets time pass. */
class TestDoor implements LineDoor {
  nowMs = 0
  tickets = 0
  ticketFails: Error | null = null
  readonly sockets: { ends: WireEnds; sent: FrameIn[]; closed: boolean }[] = []
  readonly polls: {
    watching: Watching
    answer: (polled: Polled) => void
    fail: (error: Error) => void
  }[] = []
  private due: { at: number; work: () => void }[] = []

  async ticket() {
    this.tickets++
    if (this.ticketFails) throw this.ticketFails
    return { ticket: `t${this.tickets}`, url: 'wss://x', pollUrl: '/poll' }
  }
  connect(_ticket: unknown, ends: WireEnds) {
    const socket = { ends, sent: [] as FrameIn[], closed: false }
    this.sockets.push(socket)
    return {
      send: (text: string) => void socket.sent.push(JSON.parse(text) as FrameIn),
      close: () => {
        if (socket.closed) return
        socket.closed = true
        // As browsers do: closing tells its own end, too.
        ends.closed()
      },
    }
  }
  poll(_ticket: unknown, watching: Watching) {
    return new Promise<Polled>((answer, fail) => void this.polls.push({ watching, answer, fail }))
  }
  isOver(error: unknown) {
    return error instanceof Error && error.message === 'unauthenticated'
  }
  later(work: () => void, ms: number) {
    const entry = { at: this.nowMs + ms, work }
    this.due.push(entry)
    return () => {
      this.due = this.due.filter((one) => one !== entry)
    }
  }
  random() {
    return 1
  }
  get last() {
    const socket = this.sockets.at(-1)
    if (socket === undefined) throw new Error('no socket was asked for')
    return socket
  }
  say(frame: FrameOut, socket = this.last): void {
    socket.ends.text(JSON.stringify(frame))
  }
  /** Lets time pass step by step, with promises in between. */
  async pass(ms: number): Promise<void> {
    const until = this.nowMs + ms
    await settled()
    for (;;) {
      const next = this.due.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.due = this.due.filter((one) => one !== next)
      this.nowMs = Math.max(this.nowMs, next.at)
      next.work()
      await settled()
    }
    this.nowMs = until
  }
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
const hello = { op: 'hello', beatMs: 10_000 } as const
const messages = (conversationId: string, seqs: number[], more = false): FrameOut => ({
  op: 'messages',
  conversationId,
  more,
  items: seqs.map((seq) => ({ seq }) as never),
})

let door: TestDoor
let states: LineState[]
let heard: FrameOut[]
let line: Line
beforeEach(() => {
  door = new TestDoor()
  states = []
  heard = []
  line = new Line(door, {
    frame: (frame) => void heard.push(frame),
    state: (state) => void states.push(state),
  })
})
const opened = async (): Promise<void> => {
  line.start()
  await door.pass(0)
  door.say(hello)
}

test('it says hello, then asks for the list and for every watched conversation from its last number', async () => {
  line.watch('c1', 7)
  await opened()
  expect(states).toEqual(['open'])
  expect(door.last.sent).toEqual([
    { op: 'watchList' },
    { op: 'watch', conversationId: 'c1', after: 7 },
    { op: 'ping' },
  ])
})
test('after a loss it comes back with the last number that it heard', async () => {
  line.watch('c1', 0)
  await opened()
  door.say(messages('c1', [1, 2, 3]))
  door.last.ends.closed()
  expect(line.state).toBe('connecting')
  await door.pass(1000)
  expect([door.sockets.length, door.tickets]).toEqual([2, 2])
  door.say(hello)
  expect(door.last.sent).toContainEqual({ op: 'watch', conversationId: 'c1', after: 3 })
})
test('what does not fit into one frame is asked for until it ends', async () => {
  line.watch('c1', 0)
  await opened()
  door.say(messages('c1', [1, 2], true))
  expect(door.last.sent.at(-1)).toEqual({ op: 'watch', conversationId: 'c1', after: 2 })
  door.say(messages('c1', [3]))
  expect(door.last.sent.filter(({ op }) => op === 'watch')).toHaveLength(2)
})
test('a socket that missed something asks again for everything it watches', async () => {
  line.watch('c1', 4)
  line.watch('c2', 9)
  await opened()
  door.last.sent.length = 0
  door.say({ op: 'lost' })
  expect(door.last.sent).toEqual([
    { op: 'watch', conversationId: 'c1', after: 4 },
    { op: 'watch', conversationId: 'c2', after: 9 },
  ])
})
test('two pings without an answer, and the socket is taken for dead', async () => {
  await opened()
  await door.pass(9_000)
  door.say({ op: 'pong' })
  await door.pass(15_000)
  expect(line.state).toBe('open')
  await door.pass(20_000)
  expect([line.state, door.sockets[0]?.closed]).toEqual(['connecting', true])
})
test('it waits longer and longer while nothing answers, and at once when the network is back', async () => {
  door.ticketFails = new Error('offline')
  line.start()
  await door.pass(60_000)
  expect(line.state).toBe('offline')
  // Half a second, doubled up to half a minute: 0.5 1 2 4 8 16 and then 30.
  expect(door.tickets).toBe(7)
  door.ticketFails = null
  line.hurry()
  await door.pass(0)
  door.say(hello)
  expect(line.state).toBe('open')
})
test('sockets that never say hello lead to polling with the same numbers, and to another try later', async () => {
  line.watch('c1', 2)
  line.start()
  await door.pass(30_000)
  expect([line.state, door.sockets.length, door.polls.length]).toEqual(['polling', 2, 1])
  expect(door.polls[0]?.watching).toEqual({
    watch: [{ conversationId: 'c1', after: 2, version: 0 }],
    listSince: 0,
  })
  door.polls[0]?.answer({
    at: 1_000,
    frames: [
      messages('c1', [3, 4]),
      { op: 'deskConversation', conversation: { id: 'c1', version: 5 } as never },
    ],
  })
  await door.pass(0)
  expect(heard).toHaveLength(2)
  expect(door.polls[1]?.watching).toEqual({
    watch: [{ conversationId: 'c1', after: 4, version: 5 }],
    listSince: 1_000,
  })
  await door.pass(170_000)
  expect(door.sockets.length).toBe(3)
  door.say(hello)
  expect(line.state).toBe('open')
  expect(door.last.sent).toContainEqual({ op: 'watch', conversationId: 'c1', after: 4 })
})
test('a poll that fails is offline, and goes on when it can', async () => {
  line.start()
  await door.pass(30_000)
  door.polls[0]?.fail(new Error('offline'))
  await door.pass(0)
  expect(line.state).toBe('offline')
  await door.pass(2_000)
  expect([line.state, door.polls.length]).toEqual(['polling', 2])
})
test('a session that is over ends it: nobody tries any more', async () => {
  await opened()
  door.ticketFails = new Error('unauthenticated')
  door.last.ends.closed()
  await door.pass(600_000)
  expect([line.state, door.tickets]).toEqual(['ended', 2])
})
test('garbage, frames of another version and words of an old socket change nothing', async () => {
  line.watch('c1', 0)
  await opened()
  const old = door.last
  door.last.ends.text('<html>')
  door.last.ends.text('null')
  old.ends.closed()
  await door.pass(1000)
  door.say(messages('c1', [5]), old)
  old.ends.closed()
  door.say(hello)
  expect(door.last.sent).toContainEqual({ op: 'watch', conversationId: 'c1', after: 0 })
  expect([heard.length, door.sockets.length]).toEqual([0, 2])
})
test('after the end nothing runs on', async () => {
  await opened()
  line.stop()
  await door.pass(600_000)
  expect([door.sockets.length, door.last.closed, line.put({ op: 'ping' })]).toEqual([1, true, false])
})

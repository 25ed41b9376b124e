import { type LinePorts, type Waiting, type WaitingAct, WaitingLine } from './waiting-line'

/** A server that does each act once per id, and a network that can be cut before or after it. */
function world() {
  const phone: { kept: Waiting; full: boolean } = { kept: { acts: [], told: [] }, full: false }
  const server = { done: new Map<string, string>(), asked: [] as string[] }
  const network: { cut: 'none' | 'before' | 'after' } = { cut: 'none' }
  let signedIn = true
  const ports: LinePorts = {
    load: () => phone.kept,
    keep: (waiting) => {
      if (phone.full) throw new Error('no room')
      // As storage does: what is loaded later is another object.
      phone.kept = JSON.parse(JSON.stringify(waiting)) as Waiting
    },
    send: async (act) => {
      if (network.cut === 'before') throw new Error('cut')
      server.asked.push(act.clientId)
      if (act.name === 'requests.rate') throw new Error('refused')
      server.done.set(act.clientId, act.title)
      if (network.cut === 'after') throw new Error('cut')
    },
    isUnsure: (error) => (error as Error).message === 'cut',
    messageOf: () => '您已经评价过了',
    ready: () => signedIn,
    nowMs: () => 7,
    newClientId: () => 'new id',
  }
  return { phone, server, network, ports, line: new WaitingLine(ports), leave: () => (signedIn = false) }
}
const act = (clientId: string, change: Partial<WaitingAct> = {}): WaitingAct => ({
  clientId,
  name: 'messages.setSwitch',
  input: { clientIdOfInput: clientId },
  title: '消息开关',
  at: 1,
  ...change,
})
const idsOf = ({ acts }: Waiting) => acts.map(({ clientId }) => clientId)

test('what is kept is sent in order when the network is there, and its end is told', async () => {
  const { line, server, network } = world()
  network.cut = 'before'
  line.add(act('a'))
  line.add(act('b'))
  await line.run()
  expect(idsOf(line.waiting)).toEqual(['a', 'b'])
  expect(server.done.size).toBe(0)
  network.cut = 'none'
  await line.run()
  expect(server.asked).toEqual(['a', 'b'])
  expect(line.waiting).toEqual({
    acts: [],
    told: ['a', 'b'].map((clientId) => ({ clientId, title: '消息开关', at: 7, refused: null })),
  })
  line.seen()
  expect(line.waiting.told).toEqual([])
})

test('an answer that was lost on the way: the same id goes again and the act is done once', async () => {
  const { line, server, network } = world()
  network.cut = 'after'
  line.add(act('a'))
  await line.run()
  expect(idsOf(line.waiting)).toEqual(['a'])
  network.cut = 'none'
  await line.run()
  expect(server.asked).toEqual(['a', 'a'])
  expect([...server.done]).toEqual([['a', '消息开关']])
  expect(line.waiting.told).toHaveLength(1)
})

test('an app that dies keeps its acts: the next one sends them', async () => {
  const { line, ports, server, network } = world()
  network.cut = 'before'
  line.add(act('a'))
  await line.run()
  network.cut = 'none'
  await new WaitingLine(ports).run()
  expect(server.asked).toEqual(['a'])
})

test('a refusal is told in the server’s words and does not hold up what comes behind it', async () => {
  const { line, server } = world()
  line.add(act('a', { name: 'requests.rate', title: '评价' }))
  line.add(act('b'))
  await line.run()
  expect(line.waiting.told.map(({ title, refused }) => [title, refused])).toEqual([
    ['评价', '您已经评价过了'],
    ['消息开关', null],
  ])
  expect([...server.done.keys()]).toEqual(['b'])
})

test('the same wish twice waits once, and what was taken back is never sent', async () => {
  const { line, server } = world()
  line.add(act('a'))
  line.add(act('a'))
  line.add(act('other id', { input: { clientIdOfInput: 'a' } }))
  line.add(act('b'))
  expect(idsOf(line.waiting)).toEqual(['a', 'b'])
  line.cancel('a')
  await line.run()
  expect([...server.done.keys()]).toEqual(['b'])
})

test('a form that was changed after it began to wait is a second wish: neither is lost', async () => {
  const { line, server } = world()
  line.add(act('draft', { input: { value: '3070' } }))
  line.add(act('draft', { input: { value: '3071' } }))
  expect(idsOf(line.waiting)).toEqual(['draft', 'new id'])
  await line.run()
  expect([...server.done.keys()]).toEqual(['draft', 'new id'])
})

test('a later turn of the same switch stays behind the earlier one', () => {
  const { line } = world()
  line.add(act('off'))
  expect(line.isBehind('messages.setSwitch')).toBe(true)
  expect(line.isBehind('requests.add')).toBe(false)
})

test('runs that meet share one, and nothing is sent while nobody is signed in', async () => {
  const { line, server, leave } = world()
  line.add(act('a'))
  await Promise.all([line.run(), line.run()])
  expect(server.asked).toEqual(['a'])
  leave()
  line.add(act('b'))
  await line.run()
  expect(server.asked).toEqual(['a'])
})

test('a telephone without room says so, instead of letting somebody believe that it was kept', () => {
  const { line, phone } = world()
  phone.full = true
  expect(() => line.add(act('a'))).toThrow('no room')
})

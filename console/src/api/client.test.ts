import { act, queryOf, read, writePublic } from './client'
import { touched } from './hands'
import { ApiError, isConflict, isUnsure } from './errors'

interface Sent {
  readonly address: string
  readonly init: RequestInit
}
const sent: Sent[] = []
const answers: (Response | Error)[] = []

const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status })
const refusal = (status: number, code: string): Response =>
  json(status, { error: { code, message: '说明', requestId: 'r1' } })
const bodyOf = (index: number): Record<string, unknown> =>
  JSON.parse(String(sent[index]?.init.body)) as Record<string, unknown>
const thrown = async (work: Promise<unknown>): Promise<ApiError> => {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ApiError)) throw new Error('it was not refused as expected')
  return error
}

beforeEach(() => {
  sent.length = 0
  answers.length = 0
  globalThis.fetch = async (address, init) => {
    sent.push({ address: String(address), init: init ?? {} })
    const answer = answers.shift()
    if (answer === undefined || answer instanceof Error) throw answer ?? new TypeError('fetch failed')
    return answer
  }
})

const note = { requestId: 'r', words: '先看压力', fileIds: [] }

test('reads go by GET with the input in the address, the console’s header and only this origin’s cookies', async () => {
  answers.push(json(200, { items: [], nextCursor: null }))
  await read('desk.list', { tab: 'mine', q: '松海 1', limit: 20 })
  expect(sent[0]?.address).toBe('/api/desk.list?tab=mine&q=%E6%9D%BE%E6%B5%B7+1&limit=20')
  expect(sent[0]?.init).toMatchObject({ method: 'GET', credentials: 'same-origin' })
  expect(sent[0]?.init.headers).toMatchObject({ 'x-yihu-console': '1' })
})
test('what the page asks by itself says so, an act as well as a read, and what a person does says nothing', async () => {
  const since = jest.spyOn(Date, 'now')
  const started = Date.now()
  since.mockReturnValue(started)
  touched()
  const marks: unknown[] = []
  for (const later of [1_000, 60_000]) {
    since.mockReturnValue(started + later)
    for (const ask of [() => writePublic('chat.ticket', {}), () => read('staff.me', {})]) {
      answers.push(json(200, {}))
      await ask()
      marks.push(new Headers(sent.at(-1)?.init.headers).get('x-yihu-background'))
    }
  }
  since.mockRestore()
  expect(marks).toEqual([null, null, '1', '1'])
})
test('what is not known is left out of the address', () => {
  expect(queryOf({ a: undefined, b: '', c: 0, d: 'x' })).toBe('c=0&d=x')
})
test('an act keeps its id when the answer is lost, and only then', async () => {
  answers.push(
    new TypeError('gone'),
    refusal(503, 'busy'),
    json(200, { request: {} }),
    json(200, { request: {} }),
  )
  await thrown(act('desk.note', note))
  await thrown(act('desk.note', note))
  await act('desk.note', note)
  await act('desk.note', note)
  const ids = [0, 1, 2, 3].map((index) => bodyOf(index)['clientId'])
  expect(new Set(ids.slice(0, 3)).size).toBe(1)
  expect(ids[3]).not.toBe(ids[0])
  expect(ids[0]).toMatch(/^[A-Za-z0-9_-]{16,64}$/)
})
test('a refusal ends the act: the same wish again is a new one', async () => {
  answers.push(refusal(409, 'request_changed'), json(200, { request: {} }))
  const error = await thrown(act('desk.note', note))
  expect([isConflict(error), isUnsure(error), error.message, error.requestId]).toEqual([
    true,
    false,
    '说明',
    'r1',
  ])
  await act('desk.note', note)
  expect(bodyOf(1)['clientId']).not.toBe(bodyOf(0)['clientId'])
})
test('two different acts under way have ids of their own', async () => {
  answers.push(new TypeError('gone'), new TypeError('gone'), json(200, { request: {} }))
  await thrown(act('desk.note', note))
  await thrown(act('desk.note', { ...note, words: '另一句' }))
  await act('desk.note', note)
  expect(bodyOf(1)['clientId']).not.toBe(bodyOf(0)['clientId'])
  expect(bodyOf(2)['clientId']).toBe(bodyOf(0)['clientId'])
})
test('signing in carries no id, because nobody is there yet', async () => {
  answers.push(json(200, { step: 'second-factor', challenge: 'c' }))
  await writePublic('staff.signIn', { loginName: 'wang', password: 'x' })
  expect(bodyOf(0)).toEqual({ loginName: 'wang', password: 'x' })
})
test('an answer that is not ours is garbled, and a lost network is offline', async () => {
  answers.push(new Response('<html>Bad Gateway</html>', { status: 502 }), new TypeError('gone'))
  expect((await thrown(read('desk.counts', {}))).code).toBe('garbled')
  expect((await thrown(read('desk.counts', {}))).code).toBe('offline')
})
test('a question that its page took back is no failure of the network', async () => {
  const gone = new AbortController()
  gone.abort()
  answers.push(new DOMException('aborted', 'AbortError'))
  const reason: unknown = await read('desk.counts', {}, { signal: gone.signal }).catch(
    (error: unknown) => error,
  )
  expect(reason).not.toBeInstanceOf(ApiError)
})

import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exchange } from './exchange.h5'
import type { Question } from './types'

let asked: { url: string; method: string; body: string; header: IncomingMessage['headers'] }[] = []
let answer: { status: number; body: string } | 'never' | 'half' = { status: 200, body: '{}' }
const server = createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const { url = '', method = '', headers: header } = request
  asked.push({ url, method, body: Buffer.concat(parts).toString(), header })
  if (answer === 'never') return
  if (answer === 'half') return void response.write('{"half":')
  response.writeHead(answer.status).end(answer.body)
})
let origin = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(() => {
  asked = []
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const question = (over: Partial<Question> = {}): Question => ({
  url: `${origin}/api/a.b`,
  method: 'GET',
  data: {},
  header: { authorization: 'Bearer t' },
  timeout: 5000,
  ...over,
})

test('a question without parameters is the bare address, as the page announced it', async () => {
  answer = { status: 200, body: '{"a":1}' }
  expect(await exchange(question())).toEqual({ status: 200, data: { a: 1 } })
  expect(asked).toMatchObject([{ url: '/api/a.b', method: 'GET', header: { authorization: 'Bearer t' } }])
})
test('parameters are told one by one, and what is not known is left away', async () => {
  await exchange(question({ data: { words: '暖气 & 水', no: undefined, ids: ['a', 'b'], at: 7 } }))
  const told = new URL(asked[0]?.url ?? '', origin).searchParams
  expect([...told]).toEqual([
    ['words', '暖气 & 水'],
    ['ids', '["a","b"]'],
    ['at', '7'],
  ])
})
test('parameters come behind those that the address has', async () => {
  await exchange(question({ url: `${origin}/poll?of=x`, data: { after: 3 } }))
  expect(asked[0]?.url).toBe('/poll?of=x&after=3')
})
test('an act is sent as it is, a part of a file too', async () => {
  await exchange(
    question({ method: 'POST', data: '{"x":1}', header: { 'content-type': 'application/json' } }),
  )
  await exchange(question({ method: 'POST', data: new TextEncoder().encode('bytes').buffer }))
  expect(asked.map(({ method, body }) => [method, body])).toEqual([
    ['POST', '{"x":1}'],
    ['POST', 'bytes'],
  ])
  expect(asked[0]?.header['content-type']).toBe('application/json')
})
test('a refusal is an answer with what the server says', async () => {
  answer = { status: 409, body: '{"error":{"code":"late"}}' }
  expect(await exchange(question())).toEqual({ status: 409, data: { error: { code: 'late' } } })
})
test('a page of somebody between is an answer that says nothing', async () => {
  answer = { status: 200, body: '<html>sign in to the Wi-Fi</html>' }
  expect(await exchange(question())).toEqual({ status: 200, data: null })
})
test.each(['never', 'half'] as const)(
  'an answer that comes %s is late, not a network that is away',
  async (how) => {
    answer = how
    expect(await exchange(question({ timeout: 100 }))).toBe('timeout')
  },
)
test('where nobody listens the network is away', async () => {
  expect(await exchange(question({ url: 'http://127.0.0.1:1/api/a.b' }))).toBe('offline')
})

import { createOutgoingHttp, OutgoingFailure, type OutgoingHttp } from './outgoing-http'
import { startStub, type StubServer } from './testing/stub-server'

let stub: StubServer
let http: OutgoingHttp
beforeEach(async () => {
  stub = await startStub()
  http = createOutgoingHttp({ connectTimeoutMs: 2000, totalTimeoutMs: 400 })
})
afterEach(async () => {
  await http.close()
  await stub.close()
})

const failure = async (url = stub.url, maxBodyBytes = 100): Promise<OutgoingFailure> => {
  const error: unknown = await http.send({ method: 'GET', url, maxBodyBytes }).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof OutgoingFailure) return error
  throw new Error(`no failure: ${String(error)}`)
}

test('an answer comes whole, with its status and every header', async () => {
  stub.answer((request, response) => {
    response.writeHead(201, { 'x-one': '1', 'set-cookie': ['a=1', 'b=2'] })
    response.write('供')
    response.end(`热 ${request.method} ${request.body}`)
  })
  const answer = await http.send({ method: 'POST', url: `${stub.url}/a?b=1`, body: '{}' })
  expect(answer).toMatchObject({ status: 201, headers: { 'x-one': '1', 'set-cookie': ['a=1', 'b=2'] } })
  expect(answer.body.toString()).toBe('供热 POST {}')
  expect(stub.requests[0]).toMatchObject({ url: '/a?b=1', headers: { 'accept-encoding': 'identity' } })
})

test('an answer without a body is an answer', async () => {
  stub.answer((_request, response) => response.writeHead(204).end())
  expect(await http.send({ method: 'GET', url: stub.url })).toMatchObject({
    status: 204,
    body: Buffer.alloc(0),
  })
})

test('an answer that dribbles is given up on when the whole time is over', async () => {
  stub.answer((_request, response) => {
    const dribble = setInterval(() => response.write('.'), 20)
    response.on('close', () => clearInterval(dribble))
  })
  const error = await failure(stub.url, 1_000_000)
  expect([error.neverSent, error.detail]).toEqual([false, `${stub.url}: timeout`])
})

test('an answer that never ends costs no more than what it may be long', async () => {
  let written = 0
  stub.answer((_request, response) => {
    const more = (): void => {
      written += 65_536
      if (!response.destroyed) response.write(Buffer.alloc(65_536), more)
    }
    more()
  })
  expect((await failure()).detail).toBe(`${stub.url}: answer over 100 bytes`)
  expect(written).toBeLessThan(100_000_000)
})

test('what certainly never left is told apart; no query stands in what is told', async () => {
  const { url } = stub
  await stub.close()
  const error = await failure(`${url}/cgi-bin/x?access_token=secret`)
  expect([error.neverSent, error.detail]).toEqual([true, `${url}/cgi-bin/x: ECONNREFUSED`])
  stub = await startStub()
})

import { features } from './features'
import { eachEngine, startApp, type TestApp } from './testing/harness'
import { sampleInput } from './testing/sample-input'

const routes = features.flatMap((feature) => feature.routes)

const NOBODYS_ID = '01J9ZZZZZZZZZZZZZZZZZZZZZZ'

/** A value that the input's schema takes, made from the schema itself, so that no operation can be forgotten. */
function inputFor(name: string): Record<string, unknown> {
  const route = routes.find((one) => one.name === name)
  if (!route) throw new Error(`no operation is called ${name}`)
  return sampleInput(route.operation.input, () => NOBODYS_ID)
}

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    // One address asks for every operation several times.
    const perIp = { limit: 100_000, windowMs: 60_000 }
    app = await startApp({ engine, logLevel: 'info', config: { limits: { perIp } } })
  })
  afterAll(() => app.close())

  const call = (
    name: string,
    method: string,
    input: Record<string, unknown>,
    token?: string,
  ): Promise<Response> => {
    const headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      'content-type': 'application/json',
    }
    const query = new URLSearchParams(
      Object.entries(input).map(([key, value]): [string, string] => [key, String(value)]),
    )
    return method === 'GET'
      ? fetch(`${app.url}/api/${name}?${query.toString()}`, { headers })
      : fetch(`${app.url}/api/${name}`, { method, headers, body: JSON.stringify(input) })
  }

  test('every operation is served once, under its own name, and every feature is in the list once', () => {
    const names = routes.map((route) => route.name)
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(features.map((feature) => feature.name)).size).toBe(features.length)
    const tables = features.flatMap((feature) => feature.tables.map((table) => table.name))
    expect(new Set(tables).size).toBe(tables.length)
  })

  test.each(
    routes.filter((route) => route.operation.auth !== 'public').map((route) => [route.name, route] as const),
  )(
    '%s: no session and a forged session are both turned away before anything is looked at',
    async (name, route) => {
      for (const token of [undefined, 'f'.repeat(64)]) {
        const answer = await call(name, route.operation.method, inputFor(name), token)
        expect(answer.status).toBe(401)
        expect(await answer.json()).toMatchObject({ error: { code: 'unauthenticated' } })
      }
    },
  )

  test.each(routes.map((route) => [route.name, route] as const))(
    '%s: fields that nobody promised are refused, not ignored',
    (name, route) => {
      const input = inputFor(name)
      expect(route.operation.input.safeParse(input).success).toBe(true)
      for (const extra of [
        'role',
        'status',
        'paid',
        'userId',
        'residentId',
        'amountFen',
        'openid',
        'createdAt',
      ]) {
        if (extra in input) continue
        expect(route.operation.input.safeParse({ ...input, [extra]: 'x' }).success).toBe(false)
      }
    },
  )

  test.each(routes.map((route) => [route.name, route] as const))(
    '%s: a value of another type is refused for every field, never taken for another (15.3.5)',
    (name, { operation }) => {
      const input = inputFor(name)
      const isRead = operation.method === 'GET'
      for (const field of Object.keys(input)) {
        // A query carries text only, and numbers are read from it.
        const wrong = isRead
          ? [['x', 'y'], { [field]: 'x' }]
          : [{ [field]: input[field] }, [[input[field]]], () => 1]
        for (const value of wrong)
          expect([field, operation.input.safeParse({ ...input, [field]: value }).success]).toEqual([
            field,
            false,
          ])
        if (isRead || typeof input[field] !== 'string') continue
        for (const value of [0, 1, false, true, [], [input[field]]])
          expect([field, operation.input.safeParse({ ...input, [field]: value }).success]).toEqual([
            field,
            false,
          ])
      }
    },
  )

  test('a canary phone, account number, code and token pass through every operation and stand in no log line', async () => {
    const canaries = ['13912345679', '002199887766', '918273', 'canary-token-0123456789abcdef']
    for (const route of routes) {
      const text = JSON.stringify(inputFor(route.name))
        .replaceAll('13800138000', '13912345679')
        .replaceAll('002100009999', '002199887766')
        .replaceAll('000000', '918273')
      await call(
        route.name,
        route.operation.method,
        JSON.parse(text) as Record<string, unknown>,
        'canary-token-0123456789abcdef',
      )
      await call(
        route.name,
        route.operation.method,
        { nonsense: canaries.join(' ') },
        'canary-token-0123456789abcdef',
      )
    }
    expect(app.logLines.length).toBeGreaterThan(routes.length)
    const log = app.logLines.join('\n')
    for (const canary of canaries) expect(log).not.toContain(canary)
  })
})

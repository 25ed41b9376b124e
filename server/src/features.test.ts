import { features } from './features'
import { buildBill, buildHousehold, buildResident } from './testing/factories'
import { eachEngine, startApp, type TestApp } from './testing/harness'

const routes = features.flatMap((feature) => feature.routes)

/** A value that the input's schema takes, for every operation that needs one; ids are those of the victim. */
function inputFor(
  name: string,
  ids: { householdId: string; billId: string; paymentId: string; messageId: string },
): Record<string, unknown> {
  const clientId = 'matrix-0123456789abcdef'
  const inputs: Record<string, Record<string, unknown>> = {
    'sessions.login': { channel: 'wechat-mini', code: 'code-0123456789' },
    'sessions.redeem': { ticket: 'ticket-0123456789012345' },
    'sessions.sendCode': { phone: '13800138000' },
    'sessions.loginByCode': { phone: '13800138000', code: '000000' },
    'sessions.end': { clientId },
    'sessions.endAll': { clientId },
    'residents.linkPhone': { clientId, provider: 'wechat', code: 'code-0123456789' },
    'residents.saveSettings': { clientId, elderMode: true },
    'consents.record': {
      clientId,
      purpose: 'privacy-policy',
      version: '1',
      textSha256: 'a'.repeat(64),
      granted: true,
      clientVersion: '1',
    },
    'households.bind': {
      clientId,
      companyId: 'heating',
      accountNo: '002100009999',
      proof: { kind: 'phone-tail', value: '0000' },
    },
    'households.sendBindCode': { clientId, companyId: 'heating', accountNo: '002100009999' },
    'households.unbind': { clientId, householdId: ids.householdId },
    'households.setDefault': { clientId, householdId: ids.householdId },
    'households.members': { householdId: ids.householdId },
    'bills.list': { householdId: ids.householdId },
    'bills.get': { billId: ids.billId },
    'payments.start': { clientId, billIds: [ids.billId], product: 'wechat-mini', shownTotalFen: 363408 },
    'payments.check': { clientId, paymentId: ids.paymentId },
    'payments.cancel': { clientId, paymentId: ids.paymentId },
    'payments.get': { paymentId: ids.paymentId },
    'payments.receipt': { paymentId: ids.paymentId },
    'messages.markRead': { clientId, upToMessageId: ids.messageId },
    'messages.recordSubscription': {
      clientId,
      channel: 'wechat-mini',
      answers: [{ templateId: 'x', answer: 'accept' }],
    },
  }
  return inputs[name] ?? {}
}

eachEngine((engine) => {
  let app: TestApp
  let ids: { householdId: string; billId: string; paymentId: string; messageId: string }
  beforeAll(async () => {
    app = await startApp({ engine, logLevel: 'info' })
    const victim = await buildResident(app)
    const household = await buildHousehold(app, { members: [victim.id] })
    const bill = await buildBill(app, household)
    const unknown = app.ctx().ids.next()
    ids = { householdId: household.id, billId: bill.id, paymentId: unknown, messageId: unknown }
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
    routes
      .filter((route) => route.operation.auth === 'resident')
      .map((route) => [route.name, route] as const),
  )(
    '%s: no session and a forged session are both turned away before anything is looked at',
    async (name, route) => {
      for (const token of [undefined, 'f'.repeat(64)]) {
        const answer = await call(name, route.operation.method, inputFor(name, ids), token)
        expect(answer.status).toBe(401)
        expect(await answer.json()).toMatchObject({ error: { code: 'unauthenticated' } })
      }
    },
  )

  const withForeignId = [
    'households.unbind',
    'households.setDefault',
    'households.members',
    'bills.list',
    'bills.get',
    'payments.start',
    'payments.check',
    'payments.cancel',
    'payments.get',
    'payments.receipt',
  ]
  test.each(withForeignId)('%s: another resident’s id does not exist for me', async (name) => {
    const stranger = await buildResident(app)
    const route = routes.find((entry) => entry.name === name)
    if (!route) throw new Error(name)
    const input = route.operation.input.parse(inputFor(name, ids))
    await expect(
      route.handle(app.asResident(stranger.id), input, { cookie: () => null, setCookie: () => undefined }),
    ).rejects.toMatchObject({ code: 'not_found' })
    const kept = await app
      .ctx()
      .db.reader.query('SELECT id FROM binding WHERE householdId = ? AND activeSlot = 1', [ids.householdId])
    expect(kept).toHaveLength(1)
  })

  test.each(routes.map((route) => [route.name, route] as const))(
    '%s: fields that nobody promised are refused, not ignored',
    (name, route) => {
      const input = inputFor(name, ids)
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

  test('a canary phone, account number, code and token pass through every operation and stand in no log line', async () => {
    const canaries = ['13912345679', '002199887766', '918273', 'canary-token-0123456789abcdef']
    for (const route of routes) {
      const text = JSON.stringify(inputFor(route.name, ids))
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

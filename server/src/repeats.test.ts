import { inTransaction } from './core/db/database'
import { sha256 } from './core/ids'
import { features } from './features'
import { sessionTable } from './features/identity/entities'
import { AppError } from './core/errors'
import { buildBill, buildHousehold, buildResident } from './testing/factories'
import { fakePlatforms } from './testing/fake-platforms'
import { FakeWallet } from './testing/fake-wallet'
import { eachEngine, startApp, type TestApp } from './testing/harness'
import { facts } from './features/households/households.fixture'
import { saveImportedHouseholds } from './features/households/save-imported-households'

const writes = features
  .flatMap((feature) => feature.routes)
  .filter(({ operation }) => operation.method === 'POST' && operation.auth === 'resident')

interface Case {
  readonly input: Record<string, unknown>
  /** The same operation with another content; none where there is nothing to say. */
  readonly other?: Record<string, unknown>
}

eachEngine((engine) => {
  let app: TestApp
  const usedCodes = new Set<string>()
  beforeAll(async () => {
    const fakes = fakePlatforms()
    // The wallet takes a code once, so a repeat that ran again could not answer the same.
    const phone = {
      phone: async (code: string) => {
        if (usedCodes.has(code)) throw new AppError('phone_code_invalid')
        usedCodes.add(code)
        return `138${String(10_000_000 + usedCodes.size)}`
      },
    }
    app = await startApp({
      engine,
      platforms: {
        phones: { wechat: phone, alipay: phone },
        payments: { ...fakes.payments, wechat: new FakeWallet('wechat', () => app.clock.now()) },
      },
    })
  })
  afterAll(() => app.close())

  async function signIn(): Promise<{ id: string; token: string }> {
    const { id } = await buildResident(app)
    const ctx = app.ctx()
    const token = ctx.ids.token(16)
    const now = ctx.clock.now()
    const [identity] = await ctx.db.reader.query<{ id: string }>(
      "SELECT id FROM resident_identity WHERE residentId = ? AND provider = 'wechat-mini'",
      [id],
    )
    await inTransaction(ctx, (tx) =>
      tx.insert(sessionTable, {
        id: ctx.ids.next(),
        tokenHash: sha256(token),
        residentId: id,
        identityId: identity?.id ?? null,
        channel: 'wechat-mini',
        createdAt: now,
        lastSeenAt: now,
        expiresAt: now + 86_400_000,
        endedAt: null,
      }),
    )
    return { id, token }
  }

  async function call(name: string, token: string, clientId: string, input: object) {
    const answer = await fetch(`${app.url}/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ ...input, clientId }),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const conflict = { status: 409, body: { error: { code: 'idempotency_conflict' } } }

  async function start(who: { id: string; token: string }): Promise<{ id: string; input: object }> {
    const bill = await buildBill(app, await buildHousehold(app, { members: [who.id] }))
    const input = { billIds: [bill.id], product: 'wechat-mini', shownTotalFen: bill.amountFen }
    const { body } = await call('payments.start', who.token, `start-${bill.id}`, input)
    return { id: (body['payment'] as { id: string }).id, input }
  }

  const home = async (id: string) => ({ householdId: (await buildHousehold(app, { members: [id] })).id })
  const code = () => ({ provider: 'wechat', code: `code-${app.ctx().ids.next()}` })
  const consent = (granted: boolean) => ({
    purpose: 'privacy-policy',
    version: '1',
    textSha256: 'a'.repeat(64),
    granted,
    clientVersion: '1',
  })
  const cases: Record<string, (who: { id: string; token: string }) => Promise<Case> | Case> = {
    'sessions.end': () => ({ input: {} }),
    'sessions.endAll': () => ({ input: {} }),
    'residents.linkPhone': () => ({ input: code(), other: code() }),
    'residents.saveSettings': () => ({ input: { elderMode: true }, other: { elderMode: false } }),
    'consents.record': () => ({ input: consent(true), other: consent(false) }),
    'households.bind': async () => {
      const accountNo = `77${String(usedCodes.size).padStart(8, '0')}`
      const ctx = app.ctx()
      await inTransaction(ctx, (tx) =>
        saveImportedHouseholds(tx, ctx, 'gas', new Map([[accountNo, facts()]]), new Map()),
      )
      const proof = (value: string) => ({ companyId: 'gas', accountNo, proof: { kind: 'phone-tail', value } })
      return { input: proof('2298'), other: proof('0000') }
    },
    'households.sendBindCode': () => ({
      input: { companyId: 'gas', accountNo: '0008800011' },
      other: { companyId: 'gas', accountNo: '0008800012' },
    }),
    'households.unbind': async ({ id }) => ({ input: await home(id), other: await home(id) }),
    'households.setDefault': async ({ id }) => ({ input: await home(id), other: await home(id) }),
    'payments.start': async (who) => {
      const { input } = await start(who)
      await inTransaction(app.ctx(), (tx) => tx.execute("UPDATE payment SET state = 'closed'"))
      await inTransaction(app.ctx(), (tx) => tx.execute('UPDATE bill SET heldByPaymentId = NULL'))
      return { input: { ...input }, other: { ...input, product: 'wechat-oa' } }
    },
    'payments.cancel': async (who) => ({
      input: { paymentId: (await start(who)).id },
      other: { paymentId: app.ctx().ids.next() },
    }),
    'messages.markRead': () => ({
      input: { upToMessageId: app.ctx().ids.next() },
      other: { upToMessageId: app.ctx().ids.next() },
    }),
    'messages.recordSubscription': () => {
      const said = (answer: string) => ({
        channel: 'wechat-mini',
        answers: [{ templateId: 'x', answer }],
      })
      return { input: said('accept'), other: said('reject') }
    },
  }

  test('every write of a resident’s takes a client id, and has a case here or only asks', () => {
    for (const { name, operation } of writes) {
      const schema = JSON.stringify(operation.input.toJSONSchema({ io: 'input' }))
      expect([name, schema.includes('"clientId"')]).toEqual([name, true])
    }
    expect(Object.keys(cases).sort()).toEqual(
      writes
        .map(({ name }) => name)
        .filter((name) => name !== 'payments.check')
        .sort(),
    )
  })

  test.each(Object.keys(cases).filter((name) => !name.startsWith('sessions.')))(
    '%s: the same id again gives the same answer; with other content it is refused',
    async (name) => {
      const who = await signIn()
      const { input, other = {} } = (await cases[name]?.(who)) ?? { input: {} }
      const clientId = `repeat-${app.ctx().ids.next()}`
      const first = await call(name, who.token, clientId, input)
      expect(first).toMatchObject({ status: 200 })
      expect(await call(name, who.token, clientId, input)).toEqual(first)
      expect(await call(name, who.token, clientId, other)).toMatchObject(conflict)
      expect(await call(name, who.token, clientId, input)).toEqual(first)
    },
  )

  test.each(['sessions.end', 'sessions.endAll'])(
    '%s: the id of another act is refused and the session stays; a repeat finds nobody signed in',
    async (name) => {
      const who = await signIn()
      const clientId = `repeat-${app.ctx().ids.next()}`
      await call('residents.saveSettings', who.token, clientId, { elderMode: true })
      expect(await call(name, who.token, clientId, {})).toMatchObject(conflict)
      const mine = `repeat-${app.ctx().ids.next()}`
      expect(await call(name, who.token, mine, {})).toEqual({ status: 200, body: { done: true } })
      expect(await call(name, who.token, mine, {})).toMatchObject({ status: 401 })
    },
  )

  test('a phone that joins two people into one answers the same when the proof is sent again', async () => {
    const earlier = await signIn()
    const later = await signIn()
    const phone = code()
    await call('residents.linkPhone', earlier.token, `join-${earlier.id}`, phone)
    usedCodes.delete(phone.code)
    const clientId = `join-${later.id}`
    const joined = await call('residents.linkPhone', later.token, clientId, phone)
    expect(joined).toMatchObject({ status: 200 })
    expect(await call('residents.linkPhone', later.token, clientId, phone)).toEqual(joined)
  })
})

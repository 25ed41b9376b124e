import { inTransaction } from '../../core/db/database'
import { features } from '../../features'
import { buildReadyFile } from '../../testing/ready-file'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { buildResident } from '../../testing/factories'
import { buildSignedIn } from '../../testing/at-work'
import { FakeWallet } from '../../testing/fake-wallet'
import { catalogueVersionTable } from '../catalogue/entities'
import { householdVisitTable } from '../households/entities'
import { assertReached, boundTo } from '../households'
import { bind } from '../billing/billing.fixture'
import { TEST_CATALOGUE } from '../requests/test-catalogue'
import { paymentsOperations } from '../payments/schema'
import { requestsOperations } from '../requests/schema'
import { makeCode } from './make-code'
import { makeToken } from './code-token'
import { revokeCodes } from './revoke-codes'
import { ask, type Coded, clientId, codedHousehold, rowsOf } from './test-codes'

const CLEAR = { 户名: '欧阳锦秋', 联系电话: '13987654321', 用气地址: '福田区香蜜湖花园39栋7单元2708' }
const NEVER = /欧阳|锦秋|13987654321|39栋|39-|7单元|2708/

eachEngine((engine) => {
  let app: TestApp
  let alipay: FakeWallet
  let wechat: FakeWallet
  beforeEach(async () => {
    const now = (): number => app.clock.now()
    alipay = new FakeWallet('alipay', now)
    wechat = new FakeWallet('wechat', now)
    app = await startApp({ engine, platforms: { payments: { wechat, alipay } } })
    const ctx = app.ctx()
    await inTransaction(ctx, (tx) =>
      tx.insert(catalogueVersionTable, {
        companyId: 'gas',
        version: 1,
        body: JSON.stringify(TEST_CATALOGUE),
        note: '测试',
        byId: null,
        byName: null,
        createdAt: 0,
      }),
    )
  })
  afterEach(() => app.close())

  /** A session that did no more than log in silently, and what its client sends. */
  async function passerBy(): Promise<{ id: string; bearer: string }> {
    const { id, headers } = await buildSignedIn(app)
    return { id, bearer: String(headers['authorization']).replace('Bearer ', '') }
  }
  async function visit(bearer: string, { token }: Coded) {
    const { status, body, error } = await ask(app, 'codes.visit', { token, clientId: clientId() }, { bearer })
    return { status, body, error }
  }
  async function billOf({ householdId }: Coded): Promise<{ id: string; amountFen: number }> {
    const [bill] = await rowsOf<{ id: string; amountFen: number }>(
      app,
      'SELECT id, amountFen FROM bill WHERE householdId = ?',
      [householdId],
    )
    if (!bill) throw new Error('no bill')
    return bill
  }
  async function startPaying(bearer: string, home: Coded, product: string) {
    const bill = await billOf(home)
    return ask(
      app,
      'payments.start',
      { clientId: clientId(), billIds: [bill.id], product, shownTotalFen: bill.amountFen },
      { bearer },
    )
  }
  /** Pays and lets the wallet tell us; answers the payment as its payer sees it. */
  async function pay(bearer: string, home: Coded, product = 'wechat-mini') {
    const started = await startPaying(bearer, home, product)
    const { payment } = paymentsOperations['payments.start'].output.parse(started.body)
    const wallet = payment.channel === 'wechat' ? wechat : alipay
    wallet.take(payment.orderNo)
    const checked = await ask(app, 'payments.check', { paymentId: payment.id }, { bearer })
    return paymentsOperations['payments.check'].output.parse(checked.body).payment
  }

  test('whoever holds the code pays after a silent login, and sees of the payment what the page shows', async () => {
    const home = await codedHousehold(app, CLEAR)
    const payer = await passerBy()
    expect((await startPaying(payer.bearer, home, 'wechat-mini')).status).toBe(404)
    expect((await visit(payer.bearer, home)).body).toEqual({
      householdId: home.householdId,
      until: app.clock.now() + 120 * 60_000,
    })
    const payment = await pay(payer.bearer, home)
    expect(payment).toMatchObject({
      state: 'paid',
      amountFen: 8525,
      bills: [
        {
          title: '2026年10月燃气费',
          shortAddress: '福田区香蜜湖花园*栋*单元***',
          accountNoMasked: expect.stringContaining('****'),
          paidFen: 8525,
        },
      ],
    })
    const receipt = await ask(
      app,
      'payments.receipt',
      { paymentId: payment.id },
      { bearer: payer.bearer, method: 'GET' },
    )
    expect(receipt.status).toBe(200)
    const list = await ask(app, 'payments.list', {}, { bearer: payer.bearer, method: 'GET' })
    const inbox = await ask(app, 'messages.list', {}, { bearer: payer.bearer, method: 'GET' })
    for (const said of [payment, receipt.body, list.body, inbox.body]) {
      expect(JSON.stringify(said)).toContain('2026年10月燃气费')
      expect(JSON.stringify(said)).not.toMatch(NEVER)
      expect(JSON.stringify(said)).not.toContain(home.accountNo)
    }
    // What the wallet itself shows to the payer.
    expect(await rowsOf(app, 'SELECT description, codeId FROM payment')).toEqual([
      { description: '2026年10月燃气费', codeId: home.code.id },
    ])
  })

  test('those who live there are told that it was paid, and nothing they can read says by whom', async () => {
    const home = await codedHousehold(app, CLEAR)
    const { id: member, bearer: atHome } = await passerBy()
    await bind(app, member, home.accountNo)
    const payer = await passerBy()
    await visit(payer.bearer, home)
    const payment = await pay(payer.bearer, home)
    const inbox = await ask(app, 'messages.list', {}, { bearer: atHome, method: 'GET' })
    expect(inbox.body).toMatchObject({
      items: [expect.objectContaining({ title: '已有人为您家缴费' })],
    })
    const bill = await billOf(home)
    const seen = [
      inbox.body,
      (await ask(app, 'bills.get', { billId: bill.id }, { bearer: atHome, method: 'GET' })).body,
      (await ask(app, 'bills.owed', {}, { bearer: atHome, method: 'GET' })).body,
      (await ask(app, 'payments.list', {}, { bearer: atHome, method: 'GET' })).body,
      (
        await ask(
          app,
          'households.members',
          { householdId: home.householdId },
          { bearer: atHome, method: 'GET' },
        )
      ).body,
    ]
    const whole = JSON.stringify(seen)
    expect(whole).toContain('"state":"paid"')
    const [row] = await rowsOf<{ orderNo: string; tradeNo: string; id: string }>(app, 'SELECT * FROM payment')
    for (const trace of [payer.id, payment.id, row?.orderNo, row?.tradeNo, `wechat-mini-${payer.id}`])
      expect(whole).not.toContain(String(trace))
    // Their own payment is theirs as before, and tells nobody that somebody else paid.
    expect(inbox.body['items']).toHaveLength(1)
  })

  test('a member who scans the own code sees everything whole, and is told of the payment once, as the payer', async () => {
    const home = await codedHousehold(app, CLEAR)
    const { id, bearer } = await passerBy()
    await bind(app, id, home.accountNo)
    await visit(bearer, home)
    const payment = await pay(bearer, home)
    expect(payment.bills[0]?.shortAddress).toContain('2708')
    const inbox = await ask(app, 'messages.list', {}, { bearer, method: 'GET' })
    expect(inbox.body['items']).toEqual([expect.objectContaining({ title: '缴费成功' })])
  })

  test('a visitor reports a fault at this address and sees it masked, without what neighbours reported', async () => {
    const home = await codedHousehold(app, CLEAR)
    const { bearer } = await passerBy()
    const form = {
      companyId: 'gas',
      typeId: 'cold',
      catalogueVersion: 1,
      householdId: home.householdId,
      words: '打不着火',
      answers: {},
      contactPhone: '13800138000',
    }
    const submit = () => ask(app, 'requests.submit', { ...form, clientId: clientId() }, { bearer })
    expect((await submit()).status).toBe(404)
    await visit(bearer, home)
    const { companyId, typeId, householdId } = form
    const known = await ask(
      app,
      'requests.precheck',
      { companyId, typeId, householdId },
      { bearer, method: 'GET' },
    )
    expect(known.body).toMatchObject({ similar: [], contactNameMasked: null, contactPhoneMasked: null })
    const { request } = requestsOperations['requests.submit'].output.parse((await submit()).body)
    expect(request.shortAddress).toBe('福田区香蜜湖花园*栋*单元***')
    const got = await ask(app, 'requests.get', { requestId: request.id }, { bearer, method: 'GET' })
    const list = await ask(app, 'requests.list', { show: 'all' }, { bearer, method: 'GET' })
    for (const { status, body } of [got, list]) {
      expect(status).toBe(200)
      expect(JSON.stringify(body)).toContain(request.id)
      expect(JSON.stringify(body)).not.toMatch(NEVER)
    }
    // Whoever is sent there must find it.
    expect(await rowsOf(app, 'SELECT householdId, codeId FROM request')).toEqual([
      { householdId: home.householdId, codeId: home.code.id },
    ])
  })

  test('a visit opens nothing else of the household, nor any other household', async () => {
    const home = await codedHousehold(app, CLEAR)
    const other = await codedHousehold(app)
    const { id, bearer } = await passerBy()
    await visit(bearer, home)
    const bill = await billOf(home)
    const closed: [string, Record<string, string>][] = [
      ['bills.get', { billId: bill.id }],
      ['bills.list', { householdId: home.householdId }],
      ['households.members', { householdId: home.householdId }],
    ]
    for (const [name, input] of closed)
      expect([name, (await ask(app, name, input, { bearer, method: 'GET' })).status]).toEqual([name, 404])
    for (const name of ['bills.owed', 'households.list', 'notices.list'])
      expect(JSON.stringify((await ask(app, name, {}, { bearer, method: 'GET' })).body)).not.toContain(
        home.householdId,
      )
    expect((await startPaying(bearer, other, 'wechat-mini')).status).toBe(404)
    const ctx = app.asResident(id)
    await expect(assertReached(ctx, id, [home.householdId, other.householdId])).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await boundTo(ctx.db.reader, id, [home.householdId])).toEqual(new Set())
    expect(await assertReached(ctx, id, [home.householdId])).toEqual(
      new Map([[home.householdId, home.code.id]]),
    )
  })

  test('a visit ends by itself after two hours, and coming again moves its end', async () => {
    const home = await codedHousehold(app)
    const { id, bearer } = await passerBy()
    const ctx = app.asResident(id)
    await visit(bearer, home)
    app.clock.advance(119 * 60_000)
    await assertReached(ctx, id, [home.householdId])
    await visit(bearer, home)
    app.clock.advance(119 * 60_000)
    await assertReached(ctx, id, [home.householdId])
    app.clock.advance(60_000)
    await expect(assertReached(ctx, id, [home.householdId])).rejects.toMatchObject({ code: 'not_found' })
    expect((await startPaying(bearer, home, 'wechat-mini')).status).toBe(404)
    await app.runJobs()
    expect(await rowsOf(app, `SELECT * FROM ${householdVisitTable.name}`)).toEqual([])
  })

  test('a revoked code ends every visit by it at once, and the household’s next code opens new ones', async () => {
    const home = await codedHousehold(app)
    const [anna, bert] = [await passerBy(), await passerBy()]
    await visit(anna.bearer, home)
    await visit(bert.bearer, home)
    const ctx = app.ctx()
    await inTransaction(ctx, (tx) => revokeCodes(tx, ctx, [home.code.id], { by: 'staff:s', why: 'misused' }))
    for (const { bearer } of [anna, bert])
      expect((await startPaying(bearer, home, 'wechat-mini')).status).toBe(404)
    expect(await visit(anna.bearer, home)).toMatchObject({
      status: 410,
      error: { code: 'code_revoked', message: expect.stringContaining('原码被人误用') },
    })
    const next = await inTransaction(ctx, (tx) =>
      makeCode(tx, ctx, { id: home.householdId, companyId: 'gas' }, 'system'),
    )
    await visit(anna.bearer, { ...home, token: makeToken(ctx, next) })
    expect((await startPaying(anna.bearer, home, 'wechat-mini')).status).toBe(200)
  })

  test('a browser without a wallet pays at Alipay’s web cashier as a guest, whose session ends with the visit', async () => {
    const home = await codedHousehold(app, CLEAR)
    const { status, body } = await ask(app, 'codes.enter', { token: home.token })
    expect(status).toBe(200)
    const bearer = String(body['token'])
    const until = app.clock.now() + 120 * 60_000
    expect(body).toMatchObject({
      expiresAt: until,
      me: { channel: 'guest', phoneMasked: null, identities: [] },
      visit: { householdId: home.householdId, until },
    })
    const payment = await pay(bearer, home, 'alipay-wap')
    expect(payment).toMatchObject({ state: 'paid', amountFen: 8525 })
    expect(JSON.stringify(payment)).not.toMatch(NEVER)
    app.clock.advance(120 * 60_000)
    expect((await ask(app, 'residents.me', {}, { bearer, method: 'GET' })).status).toBe(401)
  })

  test('a guest may do what operations open to guests, and is asked to sign in for all others', async () => {
    const home = await codedHousehold(app)
    const bearer = String((await ask(app, 'codes.enter', { token: home.token })).body['token'])
    const routes = features.flatMap((feature) => feature.routes)
    const asked = routes.filter(
      ({ operation }) => operation.auth === 'resident' || operation.auth === 'person',
    )
    const refused: string[] = []
    for (const { name, operation } of asked.filter((route) => !route.operation.guests)) {
      const answer = await ask(app, name, {}, { bearer, method: operation.method })
      expect([name, answer.error?.code]).toEqual([name, 'sign_in_first'])
      refused.push(name)
    }
    expect(refused).toEqual(
      expect.arrayContaining([
        'households.bind',
        'codes.bind',
        'residents.linkPhone',
        'bills.owed',
        'chat.open',
      ]),
    )
    // Nothing opens to guests by chance.
    expect(
      asked
        .filter(({ operation, name }) => operation.guests && !name.startsWith('readings.'))
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      'codes.visit',
      'consents.record',
      'files.begin',
      'files.discard',
      'files.finish',
      'files.state',
      'payments.cancel',
      'payments.check',
      'payments.get',
      'payments.receipt',
      'payments.start',
      'requests.get',
      'requests.precheck',
      'requests.submit',
      'residents.me',
      'residents.saveSettings',
      'sessions.end',
      'slots.hold',
      'slots.list',
      'slots.release',
    ])
  })

  test('guests who did nothing are forgotten with their sessions; one who paid stays as the payer', async () => {
    const home = await codedHousehold(app)
    const enter = async () => String((await ask(app, 'codes.enter', { token: home.token })).body['token'])
    const idle = await enter()
    const payer = await enter()
    await ask(app, 'codes.visit', { token: home.token, clientId: clientId() }, { bearer: idle })
    await pay(payer, home, 'alipay-wap')
    const { id: resident } = await buildResident(app)
    await buildReadyFile(app, { kind: 'resident', id: resident })
    app.clock.advance(3 * 86_400_000)
    await app.runJobs()
    const left = await rowsOf<{ id: string; guestUntil: number | null }>(
      app,
      'SELECT id, guestUntil FROM resident',
    )
    const [payment] = await rowsOf<{ residentId: string }>(app, 'SELECT residentId FROM payment')
    expect(left.map(({ id }) => id).sort()).toEqual([payment?.residentId, resident].sort())
    expect(left.every(({ guestUntil }) => guestUntil === null)).toBe(true)
    expect(await rowsOf(app, "SELECT id FROM resident_session WHERE channel = 'guest'")).toHaveLength(1)
  })

  test('one address opens only so many guests’ sessions an hour', async () => {
    const home = await codedHousehold(app)
    const { limit } = app.config.codes.entersPerIp
    const outcomes: string[] = []
    for (let guest = 0; guest <= limit; guest++)
      outcomes.push((await ask(app, 'codes.enter', { token: home.token })).error?.code ?? 'in')
    expect(outcomes).toEqual([...Array.from({ length: limit }, () => 'in'), 'rate_limited'])
  })

  test('the household of a code is bound with a second proof, under the guards of its number', async () => {
    const home = await codedHousehold(app, { 联系电话: '13987654321' })
    const { id, bearer } = await passerBy()
    const bindBy = (value: string) =>
      ask(
        app,
        'codes.bind',
        { clientId: clientId(), token: home.token, proof: { kind: 'phone-tail', value } },
        { bearer },
      )
    expect((await bindBy('0000')).error?.code).toBe('bind_refused')
    expect((await bindBy('4321')).body).toMatchObject({
      household: { id: home.householdId, accountNo: home.accountNo, role: 'family' },
    })
    expect(await boundTo(app.ctx().db.reader, id, [home.householdId])).toEqual(new Set([home.householdId]))
    expect(await rowsOf(app, 'SELECT outcome FROM bind_attempt ORDER BY id')).toEqual([
      { outcome: 'refused' },
      { outcome: 'bound' },
    ])
    // Three wrong ones a day lock the number for everybody, whichever way they come.
    for (const value of ['1111', '2222']) await bindBy(value)
    const stranger = await passerBy()
    const late = await ask(
      app,
      'codes.bind',
      { clientId: clientId(), token: home.token, proof: { kind: 'phone-tail', value: '4321' } },
      { bearer: stranger.bearer },
    )
    expect(late.error?.code).toBe('bind_locked')
  })

  test('a code to the phone on file is sent by the household’s code as by its number', async () => {
    const home = await codedHousehold(app, { 联系电话: '13987654321' })
    const { bearer } = await passerBy()
    const send = () => ask(app, 'codes.sendBindCode', { clientId: clientId(), token: home.token }, { bearer })
    expect((await send()).body).toEqual({ retryAfterSeconds: 60, expiresInSeconds: 600 })
    expect((await send()).error?.code).toBe('sms_limited')
    expect(await rowsOf(app, 'SELECT codeCount FROM bind_guard')).toEqual([{ codeCount: 1 }])
  })
})

import { inTransaction } from '../../core/db/database'
import { eachEngine, type TestApp } from '../../testing/harness'
import { bind } from '../billing/billing.fixture'
import { getDeskRequest } from '../desk/get-desk-request'
import { assertReached, boundTo } from '../households'
import { householdVisitTable } from '../households/entities'
import { requestsOperations } from '../requests/schema'
import { makeToken } from './code-token'
import { makeCode } from './make-code'
import { revokeCodes } from './revoke-codes'
import { ask, clientId, codedHousehold, rowsOf } from './test-codes'
import { CLEAR, NEVER, Street } from './test-visits'

eachEngine((engine) => {
  let street: Street
  let app: TestApp
  beforeEach(async () => {
    street = await Street.open(engine)
    app = street.app
  })
  afterEach(() => street.close())

  test('whoever holds the code pays after a silent login, and sees of the payment what the page shows', async () => {
    const home = await codedHousehold(app, CLEAR)
    const payer = await street.passerBy()
    expect((await street.startPaying(payer.bearer, home, 'wechat-mini')).status).toBe(404)
    expect((await street.visit(payer.bearer, home)).body).toEqual({
      householdId: home.householdId,
      until: app.clock.now() + 120 * 60_000,
    })
    const payment = await street.pay(payer.bearer, home)
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
    const { id: member, bearer: atHome } = await street.passerBy()
    await bind(app, member, home.accountNo)
    const payer = await street.passerBy()
    await street.visit(payer.bearer, home)
    const payment = await street.pay(payer.bearer, home)
    const inbox = await ask(app, 'messages.list', {}, { bearer: atHome, method: 'GET' })
    expect(inbox.body).toMatchObject({
      items: [expect.objectContaining({ title: '已有人为您家缴费' })],
    })
    const bill = await street.billOf(home)
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
    const { id, bearer } = await street.passerBy()
    await bind(app, id, home.accountNo)
    await street.visit(bearer, home)
    const payment = await street.pay(bearer, home)
    expect(payment.bills[0]?.shortAddress).toContain('2708')
    const inbox = await ask(app, 'messages.list', {}, { bearer, method: 'GET' })
    expect(inbox.body['items']).toEqual([expect.objectContaining({ title: '缴费成功' })])
  })

  test('whoever lives there pays before a visitor who has begun, and no visitor pushes aside one who lives there', async () => {
    const home = await codedHousehold(app)
    const member = await street.passerBy()
    await bind(app, member.id, home.accountNo)
    const visitors = [await street.passerBy(), await street.passerBy()]
    for (const { bearer } of visitors) await street.visit(bearer, home)
    const [first, second] = visitors.map(({ bearer }) => bearer)
    expect((await street.startPaying(first ?? '', home, 'wechat-mini')).status).toBe(200)
    expect((await street.startPaying(second ?? '', home, 'wechat-mini')).error?.code).toBe('bill_held')
    const bill = await street.billOf(home)
    const seen = await ask(app, 'bills.get', { billId: bill.id }, { bearer: member.bearer, method: 'GET' })
    expect(Number(seen.body['heldByOtherUntil'])).toBeLessThanOrEqual(app.clock.now())
    expect((await street.startPaying(member.bearer, home, 'wechat-mini')).status).toBe(200)
    expect(await rowsOf(app, 'SELECT state FROM payment ORDER BY id')).toEqual([
      { state: 'closed' },
      { state: 'waiting' },
    ])
    expect((await street.startPaying(first ?? '', home, 'wechat-mini')).error?.code).toBe('bill_held')
  })

  test('a visitor reports a fault at this address and sees it masked, without what neighbours reported', async () => {
    const home = await codedHousehold(app, CLEAR)
    const { bearer } = await street.passerBy()
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
    await street.visit(bearer, home)
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
    // The desk knows that nobody showed to live there.
    const desk = await getDeskRequest(app.asStaff('01STAFF0000000000000000000'), request.id)
    expect(desk).toMatchObject({ byCode: true })
    // Whoever is sent there must find it.
    expect(await rowsOf(app, 'SELECT householdId, codeId FROM request')).toEqual([
      { householdId: home.householdId, codeId: home.code.id },
    ])
  })

  test('a visit opens nothing else of the household, nor any other household', async () => {
    const home = await codedHousehold(app, CLEAR)
    const other = await codedHousehold(app)
    const { id, bearer } = await street.passerBy()
    await street.visit(bearer, home)
    const bill = await street.billOf(home)
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
    expect((await street.startPaying(bearer, other, 'wechat-mini')).status).toBe(404)
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
    const { id, bearer } = await street.passerBy()
    const ctx = app.asResident(id)
    await street.visit(bearer, home)
    app.clock.advance(119 * 60_000)
    await assertReached(ctx, id, [home.householdId])
    await street.visit(bearer, home)
    app.clock.advance(119 * 60_000)
    await assertReached(ctx, id, [home.householdId])
    app.clock.advance(60_000)
    await expect(assertReached(ctx, id, [home.householdId])).rejects.toMatchObject({ code: 'not_found' })
    expect((await street.startPaying(bearer, home, 'wechat-mini')).status).toBe(404)
    await app.runJobs()
    expect(await rowsOf(app, `SELECT * FROM ${householdVisitTable.name}`)).toEqual([])
  })

  test('a revoked code ends every visit by it at once, and the household’s next code opens new ones', async () => {
    const home = await codedHousehold(app)
    const [anna, bert] = [await street.passerBy(), await street.passerBy()]
    await street.visit(anna.bearer, home)
    await street.visit(bert.bearer, home)
    const ctx = app.ctx()
    await inTransaction(ctx, (tx) => revokeCodes(tx, ctx, [home.code.id], { by: 'staff:s', why: 'misused' }))
    for (const { bearer } of [anna, bert])
      expect((await street.startPaying(bearer, home, 'wechat-mini')).status).toBe(404)
    expect(await street.visit(anna.bearer, home)).toMatchObject({
      status: 410,
      error: { code: 'code_revoked', message: expect.stringContaining('原码被人误用') },
    })
    const next = await inTransaction(ctx, (tx) =>
      makeCode(tx, ctx, { id: home.householdId, companyId: 'gas' }, 'system'),
    )
    await street.visit(anna.bearer, { ...home, token: makeToken(ctx, next) })
    expect((await street.startPaying(anna.bearer, home, 'wechat-mini')).status).toBe(200)
  })
})

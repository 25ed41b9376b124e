import { features } from '../../features'
import { buildResident } from '../../testing/factories'
import { eachEngine, type TestApp } from '../../testing/harness'
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
    const payment = await street.pay(bearer, home, 'alipay-wap')
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
      'papers.linkProof',
      'papers.linkReceipt',
      'papers.makeProof',
      'payments.cancel',
      'payments.check',
      'payments.get',
      'payments.receipt',
      'payments.start',
      'requests.add',
      'requests.cancel',
      'requests.get',
      'requests.list',
      'requests.precheck',
      'requests.rate',
      'requests.submit',
      'requests.urge',
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
    await street.pay(payer, home, 'alipay-wap')
    const { id: resident } = await buildResident(app)
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

  test('one household takes only so many faults a day from whoever came by its code, however many they are', async () => {
    const home = await codedHousehold(app)
    const outcomes: string[] = []
    for (let guest = 0; guest <= app.config.codes.reportsPerDay; guest++) {
      const bearer = String((await ask(app, 'codes.enter', { token: home.token })).body['token'])
      const answer = await ask(
        app,
        'requests.submit',
        {
          clientId: clientId(),
          companyId: 'gas',
          typeId: 'cold',
          catalogueVersion: 1,
          householdId: home.householdId,
          words: '打不着火',
          answers: {},
          contactPhone: '13800138000',
        },
        { bearer },
      )
      outcomes.push(answer.error?.code ?? 'taken')
    }
    expect(outcomes).toEqual([
      ...Array.from({ length: app.config.codes.reportsPerDay }, () => 'taken'),
      'request_limit',
    ])
  })
})

import { buildAtWork, buildSignedIn, send } from '../../testing/at-work'
import { eachEngine } from '../../testing/harness'
import { dispatchOperations } from './schema'
import { FieldDesk } from './test-field-desk'

type Name = keyof typeof dispatchOperations

const PLACE = { latE6: 39_034_500, lngE6: 121_771_000, accuracyM: 8 }

eachEngine((engine) => {
  let field: FieldDesk
  beforeEach(async () => {
    field = await FieldDesk.open(engine)
  })
  afterEach(() => field.close())

  /** A worker whose wallet is signed in, in the team. */
  const worker = async () => {
    const wallet = await buildSignedIn(field.desk.app)
    const how = { walletResidentId: wallet.id, teamId: field.teamId, name: '孙建国' }
    const { id } = await buildAtWork(field.desk.app, ['worker'], how)
    return { id, headers: wallet.headers }
  }
  let sent = 0
  /** Calls it as a client does and reads the answer by its promise; a fault is the status. */
  const call = async <N extends Name>(
    name: N,
    who: { headers: Readonly<Record<string, string>> },
    input = {},
  ) => {
    const operation = dispatchOperations[name]
    const clientId = `client-${String(++sent).padStart(12, '0')}`
    const response = await send(
      field.desk.app,
      { name, method: operation.method },
      who.headers,
      operation.method === 'POST' ? { clientId, ...input } : input,
    )
    const body: unknown = await response.json()
    if (response.status !== 200) return { status: response.status, body }
    return { status: 200, body: operation.output.parse(body) as unknown }
  }

  test('an order goes from the dispatcher to the worker and is worked on, over HTTP, as the contract says', async () => {
    const dispatcher = await buildAtWork(field.desk.app, ['dispatcher'], { name: '赵调度' })
    const expert = await buildAtWork(field.desk.app, ['agent'], { name: '陈专家' })
    const someone = await worker()
    const { id: requestId, version } = await field.desk.move(await field.desk.make(), 'accept')
    expect(await call('dispatch.suggest', dispatcher, { requestId })).toMatchObject({
      status: 200,
      body: { candidates: expect.arrayContaining([expect.objectContaining({ staffId: someone.id })]) },
    })
    const to = { requestId, version, teamId: field.teamId, staffId: someone.id }
    expect(await call('dispatch.assign', dispatcher, to)).toMatchObject({ status: 200 })
    expect(await call('map.read', dispatcher, { companyId: 'heating' })).toMatchObject({ status: 200 })
    expect(await call('field.setPresence', someone, { presence: 'online' })).toMatchObject({ status: 200 })
    expect(await call('field.setLocationConsent', someone, { agreed: true })).toMatchObject({ status: 200 })
    expect(await call('field.today', someone, { latE6: PLACE.latE6, lngE6: PLACE.lngE6 })).toMatchObject({
      body: { orders: [{ requestId, state: 'dispatched' }], worker: { locationConsent: true } },
    })
    const at = field.desk.app.clock.now()
    const step = (n: number, action: object) => ({ actionId: `telephone-action-${n}`, requestId, at, action })
    const actions = [step(1, { kind: 'take' }), step(2, { kind: 'set-out' })]
    expect(await call('field.sync', someone, { actions })).toMatchObject({
      body: { results: [{ outcome: 'done' }, { outcome: 'done' }], orders: [{ state: 'on-the-way' }] },
    })
    expect(await call('field.sync', someone, { actions })).toMatchObject({
      body: { results: [{ outcome: 'done-before' }, { outcome: 'done-before' }] },
    })
    expect(await call('field.sendPlace', someone, PLACE)).toMatchObject({ body: { goOn: true } })
    expect(await call('map.read', dispatcher, { companyId: 'heating' })).toMatchObject({
      body: { workers: [{ staffId: someone.id, latE6: PLACE.latE6 }] },
    })
    expect(await call('field.askHelp', someone, { requestId, words: '请教' })).toMatchObject({ status: 200 })
    expect(await call('help.list', expert)).toMatchObject({
      body: { threads: [{ requestId, waiting: true }] },
    })
    expect(await call('help.answer', expert, { requestId, words: '这样修' })).toMatchObject({
      body: { messages: [{ mine: false }, { mine: true }] },
    })
    expect(await call('help.read', expert, { requestId })).toMatchObject({ status: 200 })
  })

  test('a pool is grabbed over HTTP, and an offer is seen and recalled in the console', async () => {
    const dispatcher = await buildAtWork(field.desk.app, ['dispatcher'])
    const [first, second] = [await worker(), await worker()]
    const { id: requestId } = await field.offered(null)
    expect(await call('field.today', first)).toMatchObject({ body: { orders: [], pool: [{ requestId }] } })
    expect(await call('field.grab', first, { requestId })).toMatchObject({ body: { order: { requestId } } })
    expect(await call('field.grab', second, { requestId })).toMatchObject({ status: 409 })
    expect(await call('dispatch.offers', dispatcher)).toMatchObject({ body: { offers: [] } })
    const { version } = await field.desk.request(requestId)
    const recall = { requestId, version, reason: '住户改期' }
    expect(await call('dispatch.recall', dispatcher, recall)).toMatchObject({ status: 200 })
    expect(await call('dispatch.recall', dispatcher, recall)).toMatchObject({ status: 409 })
    expect(await call('field.today', first)).toMatchObject({ body: { orders: [] } })
  })

  test('residents, workers at the desk and agents in the field are turned away', async () => {
    const resident = await buildSignedIn(field.desk.app)
    const agent = await buildAtWork(field.desk.app, ['agent'])
    const someone = await worker()
    expect(await call('field.today', resident)).toMatchObject({ status: 403 })
    expect(await call('field.today', agent)).toMatchObject({ status: 401 })
    expect(await call('dispatch.suggest', someone, { requestId: someone.id })).toMatchObject({ status: 401 })
    expect(await call('dispatch.suggest', agent, { requestId: agent.id })).toMatchObject({ status: 403 })
  })
})

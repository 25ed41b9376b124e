import { fakePlatforms } from '../../testing/fake-platforms'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { buildResident } from '../../testing/factories'
import { bindHousehold, sendBindCode } from '../households'
import { outcomeOf, saveHousehold } from '../households/households.fixture'
import { listProxies } from './list-proxies'
import { proxyByCode } from './proxy-by-code'
import { readConsent } from './read-consent'
import { readHome } from './read-home'
import { sendProxyCode } from './send-proxy-code'

const ACCOUNT = { companyId: 'gas', accountNo: '0008800011' }
const ASK = { relation: 'son', agentName: '沈小宇', months: 6 } as const

eachEngine((engine) => {
  let app: TestApp
  let sent: string[]
  beforeEach(async () => {
    sent = []
    const fakes = fakePlatforms()
    app = await startApp({
      engine,
      platforms: {
        sms: {
          ...fakes.sms,
          sendCode: (message) => {
            sent.push(message.code)
            return fakes.sms.sendCode(message)
          },
        },
      },
    })
    await saveHousehold(app, ACCOUNT.accountNo)
  })
  afterEach(() => app.close())

  const askForCode = async (residentId: string): Promise<string> => {
    await sendProxyCode(app.asResident(residentId), ACCOUNT)
    await app.runJobs()
    return sent.at(-1) ?? ''
  }
  const consents = () =>
    app.ctx().db.reader.query('SELECT granted, method, version, residentId FROM family_consent ORDER BY id')

  test('a parent without a wallet agrees by telling the code; the evidence says how', async () => {
    const { id } = await buildResident(app)
    const code = await askForCode(id)
    const { householdId } = await proxyByCode(app.asResident(id), { ...ACCOUNT, ...ASK, code })
    expect(await readHome(app.asResident(id), { householdId })).toMatchObject({
      role: 'proxy',
      proven: false,
    })
    expect(await consents()).toEqual([
      { granted: 1, method: 'sms-code', version: readConsent().version, residentId: null },
    ])
    expect(await outcomeOf(proxyByCode(app.asResident(id), { ...ACCOUNT, ...ASK, code }))).toBe(
      'bind_refused',
    )
  })

  test('the code is good for nothing else, and not for another person', async () => {
    const [{ id }, other] = [await buildResident(app), await buildResident(app)]
    const code = await askForCode(id)
    const asOwner = bindHousehold(app.asResident(id), {
      clientId: 'client-0123456789',
      ...ACCOUNT,
      proof: { kind: 'sms-code', value: code },
      role: 'owner',
    })
    expect(await outcomeOf(asOwner)).toBe('bind_refused')
    expect(await outcomeOf(proxyByCode(app.asResident(other.id), { ...ACCOUNT, ...ASK, code }))).toBe(
      'bind_refused',
    )
  })

  test('guessing locks the number, known or not', async () => {
    const { id } = await buildResident(app)
    const guess = (accountNo: string) =>
      outcomeOf(proxyByCode(app.asResident(id), { companyId: 'gas', accountNo, ...ASK, code: '000001' }))
    for (const accountNo of [ACCOUNT.accountNo, '0009999999']) {
      for (let tries = 0; tries < 3; tries++) expect(await guess(accountNo)).toBe('bind_refused')
      expect(await guess(accountNo)).toBe('bind_locked')
    }
  })

  test('the same again renews, and leaves one right', async () => {
    const { id } = await buildResident(app)
    await proxyByCode(app.asResident(id), { ...ACCOUNT, ...ASK, code: await askForCode(id) })
    app.clock.advance(61_000)
    await proxyByCode(app.asResident(id), { ...ACCOUNT, ...ASK, code: await askForCode(id) })
    const { proxies } = await listProxies(app.asResident(id))
    expect(proxies.map(({ state }) => state)).toEqual(['active', 'ended'])
  })

  test('a code to the phone on file makes whoever bound before a proven owner', async () => {
    const { id } = await buildResident(app)
    const me = app.asResident(id)
    const tail = { kind: 'phone-tail', value: '2298' } as const
    const bound = await bindHousehold(me, {
      clientId: 'client-a123456789',
      ...ACCOUNT,
      proof: tail,
      role: 'owner',
    })
    const input = { householdId: bound.id }
    expect(await readHome(me, input)).toMatchObject({ role: 'owner', proven: false })
    await sendBindCode(me, ACCOUNT)
    await app.runJobs()
    const proof = { kind: 'sms-code', value: sent.at(-1) ?? '' } as const
    await bindHousehold(me, { clientId: 'client-b123456789', ...ACCOUNT, proof, role: 'owner' })
    expect(await readHome(me, input)).toMatchObject({ role: 'owner', proven: true })
  })
})

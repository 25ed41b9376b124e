import { eachEngine, type TestApp } from '../../testing/harness'
import { boundTo } from '../households'
import { ask, clientId, codedHousehold, rowsOf } from './test-codes'
import { Street } from './test-visits'

eachEngine((engine) => {
  let street: Street
  let app: TestApp
  beforeEach(async () => {
    street = await Street.open(engine)
    app = street.app
  })
  afterEach(() => street.close())

  test('the household of a code is bound with a second proof, under the guards of its number', async () => {
    const home = await codedHousehold(app, { 联系电话: '13987654321' })
    const { id, bearer } = await street.passerBy()
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
    const stranger = await street.passerBy()
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
    const { bearer } = await street.passerBy()
    const send = () => ask(app, 'codes.sendBindCode', { clientId: clientId(), token: home.token }, { bearer })
    expect((await send()).body).toEqual({ retryAfterSeconds: 60, expiresInSeconds: 600 })
    expect((await send()).error?.code).toBe('sms_limited')
    expect(await rowsOf(app, 'SELECT codeCount FROM bind_guard')).toEqual([{ codeCount: 1 }])
  })
})

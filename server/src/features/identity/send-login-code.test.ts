import { eachEngine } from '../../testing/harness'
import { errorCode, startWorld, type TestWorld, weMini } from './test-world'

const MINUTE_MS = 60_000

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())
  const send = (phone: string) => world.call('sessions.sendCode', { phone })

  test('the answer is the same whether a resident has the number or nobody', async () => {
    const { token } = await world.signIn(weMini('openid-mei'))
    world.phoneProofs.set('proof-of-mei', { phone: '13812345678', subject: 'openid-mei' })
    await world.call('residents.linkPhone', { provider: 'wechat', code: 'proof-of-mei' }, { token })

    const known = await send('13812345678')
    const unknown = await send('13900000000')
    expect(known).toEqual(unknown)
    expect(known).toEqual({ status: 200, body: { retryAfterSeconds: 60, expiresInSeconds: 600 } })
    expect(world.sentCodes.map(({ phone }) => phone)).toEqual(['13812345678', '13900000000'])
    expect(world.sentCodes.every(({ code }) => /^\d{6}$/.test(code))).toBe(true)
  })

  test('one number gets one code a minute, whatever the clock shows', async () => {
    expect((await send('13812345678')).status).toBe(200)
    world.app.clock.advance(59_999)
    const early = await send('13812345678')
    expect([early.status, errorCode(early)]).toEqual([429, 'sms_limited'])
    world.app.clock.advance(1)
    expect((await send('13812345678')).status).toBe(200)
    expect(world.sentCodes).toHaveLength(2)
  })

  test('ten requests at once send one message', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => send('13812345678')))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(world.sentCodes).toHaveLength(1)
  })

  test('one number gets five codes a day', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) {
      statuses.push((await send('13812345678')).status)
      world.app.clock.advance(MINUTE_MS)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    world.app.clock.advance(24 * 60 * MINUTE_MS)
    expect((await send('13812345678')).status).toBe(200)
  })

  test('one address asks for twenty codes a day', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 21; i++) statuses.push((await send(`138123456${String(i).padStart(2, '0')}`)).status)
    expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 200))
    expect(statuses[20]).toBe(429)
  })

  test('a message that the provider refuses is not reported as sent', async () => {
    world.setSmsOutcome('refused')
    const answer = await send('13812345678')
    expect(answer.status).toBe(502)
    expect(JSON.stringify(answer.body)).toContain('短信没有发出去')
  })

  test('a message of unknown fate is worth looking for', async () => {
    world.setSmsOutcome('unknown')
    expect((await send('13812345678')).status).toBe(200)
  })

  test('neither number nor code stands readable in the database or the log', async () => {
    await send('13812345678')
    const code = world.sentCodes[0]?.code ?? ''
    const dump = await world.dump()
    expect(code).toMatch(/^\d{6}$/)
    expect(dump).not.toContain('13812345678')
    expect(dump).not.toContain(`"${code}"`)
    expect(world.app.logLines.join('')).not.toContain('13812345678')
  })
})

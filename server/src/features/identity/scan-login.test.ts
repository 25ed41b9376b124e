import { inTransaction } from '../../core/db/database'
import { DAY_MS } from '../../core/clock'
import { eachEngine } from '../../testing/harness'
import { forgetExpired } from './forget-expired'
import { forgetIdentity } from './forget-identity'
import { alipay, errorCode, startWorld, type TestWorld, weMini } from './test-world'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
const SCAN_MS = 120_000

/** A browser on a PC: it keeps the cookie that it was given, and asks as its page does. */
class Pc {
  cookie = ''
  scanId = ''
  token = ''
  constructor(private readonly world: TestWorld) {}

  private async ask(name: string, input: object | null): Promise<{ status: number; body: Answer }> {
    const query = input === null ? `?scanId=${this.scanId}` : ''
    const response = await fetch(`${this.world.app.url}/api/${name}${query}`, {
      method: input === null ? 'GET' : 'POST',
      headers: {
        'user-agent': CHROME,
        'x-yihu-device': `pc-${Math.trunc(performance.now() * 1000)}`,
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(input === null ? {} : { 'content-type': 'application/json' }),
      },
      ...(input === null ? {} : { body: JSON.stringify(input) }),
    })
    const [set] = response.headers.getSetCookie()
    if (set !== undefined) {
      this.cookie = set.split(';')[0] ?? ''
      this.attributes = set
    }
    return { status: response.status, body: (await response.json()) as Answer }
  }
  attributes = ''

  async begin(): Promise<this> {
    const { body } = await this.ask('scans.begin', {})
    this.scanId = String(body['scanId'])
    this.token = String(body['link']).split('/s/')[1] ?? ''
    return this
  }
  async watch(): Promise<Answer> {
    return (await this.ask('scans.watch', null)).body
  }
  redeem() {
    return this.ask('scans.redeem', { scanId: this.scanId })
  }
  async digits(): Promise<string> {
    return String((await this.watch())['digits'])
  }
}
type Answer = Record<string, unknown>

eachEngine((engine) => {
  let world: TestWorld
  beforeAll(async () => {
    world = await startWorld(engine, {
      limits: Object.fromEntries(
        ['read', 'write', 'login', 'loginPerIp', 'perIp'].map((name) => [
          name,
          { limit: 100_000, windowMs: 60_000 },
        ]),
      ),
    })
  })
  afterAll(() => world.app.close())

  let people = 0
  const somebody = () => world.signIn(weMini(`openid-${++people}`))
  const pcWithCode = () => new Pc(world).begin()
  const open = (who: { token: string }, pc: Pc) =>
    world.call('scans.open', { token: pc.token }, { token: who.token })
  const confirm = (who: { token: string }, pc: Pc, digits: string) =>
    world.call('scans.confirm', { token: pc.token, digits }, { token: who.token })
  const refuse = (who: { token: string }, pc: Pc) =>
    world.call('scans.refuse', { token: pc.token }, { token: who.token })
  const wrongThan = (digits: string): string => String(10 + ((Number(digits) - 9) % 90))
  const said = async (answer: Promise<Awaited<ReturnType<TestWorld['call']>>>) => {
    const { status, body } = await answer
    return [status, errorCode({ status, body })]
  }
  const sessionsOf = (who: { token: string }) => sessionItems(world, who.token)
  const audited = async (action: string, object: string) =>
    world.count('audit_log', `action = '${action}' AND object = '${object}'`)

  test('a PC is signed in by the telephone that scanned its code and typed its number', async () => {
    const mei = await somebody()
    const pc = await pcWithCode()
    expect(pc.attributes).toMatch(/httponly/i)
    expect(pc.attributes).toMatch(/samesite=strict/i)
    expect(await pc.watch()).toMatchObject({ state: 'waiting', digits: null })

    const opened = await open(mei, pc)
    expect(opened.body).toMatchObject({
      browser: 'Windows 电脑的 Chrome 浏览器',
      network: '127.0.*.*',
      sameNetwork: true,
    })
    expect((await pc.redeem()).status).toBe(401)
    expect(await pc.watch()).toMatchObject({ state: 'seen', digits: expect.stringMatching(/^[1-9]\d$/) })

    expect(await confirm(mei, pc, await pc.digits())).toMatchObject({ status: 200 })
    expect(await pc.watch()).toMatchObject({ state: 'confirmed', digits: null })
    const { status, body } = await pc.redeem()
    expect([status, body['me']]).toEqual([
      200,
      expect.objectContaining({ id: mei.residentId, channel: 'pc' }),
    ])
    expect(Number(body['expiresAt'])).toBe(world.app.clock.now() + 12 * 3_600_000)
    const me = await world.call('residents.me', {}, { token: String(body['token']) })
    expect(me.body).toMatchObject({ id: mei.residentId })
    expect(await audited('scans.confirm', `scan:${pc.scanId}`)).toBe(1)
  })

  test('either wallet may: Alipay signs a PC in as well', async () => {
    const bao = await world.signIn(alipay(`open-id-${++people}`))
    const pc = await pcWithCode()
    await open(bao, pc)
    await confirm(bao, pc, await pc.digits())
    expect((await pc.redeem()).body['me']).toMatchObject({ id: bao.residentId, channel: 'pc' })
  })

  test('theft: whoever photographed the code is told nothing, before and after, and gets no session', async () => {
    const mei = await somebody()
    const pc = await pcWithCode()
    const thief = await pcWithCode()
    thief.scanId = pc.scanId
    const bare = new Pc(world)
    bare.scanId = pc.scanId
    const nothing = { state: 'expired', digits: null, expiresAt: 0 }
    await open(mei, pc)
    for (const other of [thief, bare]) expect(await other.watch()).toEqual(nothing)
    await confirm(mei, pc, await pc.digits())
    for (const other of [thief, bare]) {
      expect(await other.watch()).toEqual(nothing)
      expect((await other.redeem()).status).toBe(401)
    }
    expect((await pc.redeem()).status).toBe(200)
  })

  test('a picture of a code that was sent on: who cannot see the PC’s number cannot confirm, and guessing ends', async () => {
    const victim = await somebody()
    const attacker = await pcWithCode()
    await open(victim, attacker)
    const digits = await attacker.digits()
    const wrong = wrongThan(digits)
    expect(await said(confirm(victim, attacker, wrong))).toEqual([422, 'scan_number_wrong'])
    expect(await said(confirm(victim, attacker, wrong))).toEqual([422, 'scan_number_wrong'])
    expect(await said(confirm(victim, attacker, wrong))).toEqual([409, 'scan_refused'])
    expect(await said(confirm(victim, attacker, digits))).toEqual([409, 'scan_over'])
    expect(await attacker.watch()).toMatchObject({ state: 'refused', digits: null })
    expect((await attacker.redeem()).status).toBe(401)
  })

  test('twenty guesses at once spend three tries', async () => {
    const mei = await somebody()
    const pc = await pcWithCode()
    await open(mei, pc)
    const wrong = wrongThan(await pc.digits())
    const answers = await Promise.all(Array.from({ length: 20 }, () => said(confirm(mei, pc, wrong))))
    const counted = answers.filter(([, code]) => code === 'scan_number_wrong' || code === 'scan_refused')
    expect(counted).toHaveLength(3)
    expect(await audited('scans.confirm', `scan:${pc.scanId}`)).toBe(1)
  })

  test('nobody confirms what they have not opened', async () => {
    const mei = await somebody()
    const pc = await pcWithCode()
    const sure = await Promise.all(Array.from({ length: 3 }, () => said(confirm(mei, pc, '42'))))
    expect(sure).toEqual(Array.from({ length: 3 }, () => [404, 'scan_unknown']))
    expect(await pc.watch()).toMatchObject({ state: 'waiting' })
  })

  test('two scanners: the first one decides, the second is told, and two at once are one', async () => {
    const [mei, wei] = [await somebody(), await somebody()]
    const pc = await pcWithCode()
    const answers = await Promise.all([said(open(mei, pc)), said(open(wei, pc))])
    expect(answers.map(([status]) => status).sort()).toEqual([200, 409])
    const [first, second] = answers[0]?.[0] === 200 ? [mei, wei] : [wei, mei]
    for (const late of [open(second, pc), confirm(second, pc, await pc.digits()), refuse(second, pc)])
      expect(await said(late)).toEqual([409, 'scan_taken'])
    expect(await pc.watch()).toMatchObject({ state: 'seen' })
    expect((await open(first, pc)).status).toBe(200)
    await confirm(first, pc, await pc.digits())
    expect((await pc.redeem()).body['me']).toMatchObject({ id: first.residentId })
  })

  test('replay: a session is fetched once, also by ten requests at once, and the code is over for the telephone', async () => {
    const mei = await somebody()
    const pc = await pcWithCode()
    await open(mei, pc)
    await confirm(mei, pc, await pc.digits())
    const answers = await Promise.all(Array.from({ length: 10 }, () => pc.redeem()))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await pc.watch()).toMatchObject({ state: 'used' })
    for (const again of [open(mei, pc), confirm(mei, pc, '42'), refuse(mei, pc)])
      expect(await said(again)).toEqual([409, 'scan_over'])
  })

  test('refused: the PC reads it and gets nothing', async () => {
    const mei = await somebody()
    const pc = await pcWithCode()
    await open(mei, pc)
    expect((await refuse(mei, pc)).status).toBe(200)
    expect(await pc.watch()).toMatchObject({ state: 'refused' })
    expect(await said(confirm(mei, pc, '42'))).toEqual([409, 'scan_over'])
    expect((await pc.redeem()).status).toBe(401)
    expect(await audited('scans.refuse', `scan:${pc.scanId}`)).toBe(1)
  })

  test('expiry: of the code, of the question, and of the answer; a fresh code keeps the browser’s secret', async () => {
    const mei = await somebody()
    const pc = await pcWithCode()
    world.app.clock.advance(SCAN_MS)
    expect(await pc.watch()).toMatchObject({ state: 'expired' })
    expect(await said(open(mei, pc))).toEqual([410, 'scan_expired'])

    const secret = pc.cookie
    await pc.begin()
    expect(pc.cookie).toBe(secret)
    world.app.clock.advance(SCAN_MS - 1)
    await open(mei, pc)
    const digits = await pc.digits()
    world.app.clock.advance(SCAN_MS)
    expect(await said(confirm(mei, pc, digits))).toEqual([410, 'scan_expired'])

    await pc.begin()
    await open(mei, pc)
    await confirm(mei, pc, await pc.digits())
    world.app.clock.advance(60_000)
    expect(await pc.watch()).toMatchObject({ state: 'expired' })
    expect((await pc.redeem()).status).toBe(401)
  })

  test('a made-up token, and a session that no wallet vouches for, lead nowhere', async () => {
    const mei = await somebody()
    const pc = await pcWithCode()
    const made = await world.call('scans.open', { token: 'f'.repeat(32) }, { token: mei.token })
    expect([made.status, errorCode(made)]).toEqual([404, 'scan_unknown'])
    await open(mei, pc)
    await confirm(mei, pc, await pc.digits())
    const onPc = { token: String((await pc.redeem()).body['token']) }
    const another = await pcWithCode()
    expect(await said(open(onPc, another))).toEqual([403, 'scan_needs_wallet'])
    expect(await said(confirm(onPc, another, '42'))).toEqual([403, 'scan_needs_wallet'])
    expect(await another.watch()).toMatchObject({ state: 'waiting' })
  })

  test('the list of sessions names the PC, and a telephone signs it out; of another’s session it says nothing', async () => {
    const [mei, wei] = [await somebody(), await somebody()]
    const pc = await pcWithCode()
    await open(mei, pc)
    await confirm(mei, pc, await pc.digits())
    const token = String((await pc.redeem()).body['token'])
    const items = await sessionsOf(mei)
    expect(items).toEqual([
      expect.objectContaining({ channel: 'pc', openedOn: 'Windows 电脑的 Chrome 浏览器', isThis: false }),
      expect.objectContaining({ channel: 'wechat-mini', openedOn: null, isThis: true }),
    ])
    const sessionId = String(items[0]?.['id'])
    const end = (who: { token: string }) => world.call('sessions.endOne', { sessionId }, { token: who.token })
    expect(await said(end(wei))).toEqual([404, 'not_found'])
    expect((await world.call('residents.me', {}, { token })).status).toBe(200)
    expect((await end(mei)).status).toBe(200)
    expect((await world.call('residents.me', {}, { token })).status).toBe(401)
    expect(await sessionsOf(mei)).toHaveLength(1)
    expect(await audited('sessions.end', `session:${sessionId}`)).toBe(1)
  })

  test('neither the token nor the cookie is kept or logged, and old rows are deleted', async () => {
    const mei = await somebody()
    const pc = await pcWithCode()
    await open(mei, pc)
    const secret = pc.cookie.split('=')[1] ?? ''
    const everything = (await world.dump()) + world.app.logLines.join('')
    for (const text of [pc.token, secret])
      expect([text.length, everything.includes(text)]).toEqual([32, false])
    world.app.clock.advance(3 * DAY_MS)
    await forgetExpired(world.app.ctx())
    expect(await world.count('scan_login')).toBe(0)
  })

  test('a wallet account that is forgotten takes the PC along', async () => {
    const account = weMini(`openid-${++people}`)
    const mei = await world.signIn(account)
    const pc = await pcWithCode()
    await open(mei, pc)
    await confirm(mei, pc, await pc.digits())
    const token = String((await pc.redeem()).body['token'])
    const waiting = await pcWithCode()
    await open(mei, waiting)
    await inTransaction(world.app.ctx(), (tx) => forgetIdentity(tx, world.app.ctx(), account, 'revoked'))
    expect((await world.call('residents.me', {}, { token })).status).toBe(401)
    expect(await waiting.watch()).toMatchObject({ state: 'expired' })
  })
})

async function sessionItems(world: TestWorld, token: string): Promise<Answer[]> {
  const response = await fetch(`${world.app.url}/api/sessions.list`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return ((await response.json()) as { items: Answer[] }).items
}

eachEngine((engine) => {
  test('codes are asked for only so often by one address', async () => {
    const world = await startWorld(engine, {
      limits: { loginPerIp: { limit: 5, windowMs: 60_000 } },
    })
    try {
      const begin = () =>
        fetch(`${world.app.url}/api/scans.begin`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        })
      for (let time = 0; time < 5; time++) expect((await begin()).status).toBe(200)
      expect((await begin()).status).toBe(429)
    } finally {
      await world.app.close()
    }
  })
})

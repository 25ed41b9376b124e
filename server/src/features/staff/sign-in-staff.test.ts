import { inTransaction } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import { trueHashes } from '../../testing/cheap-hashes'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { lockAccount, saveAccount } from './account-store'
import { hashPassword } from './password-hash'
import { setAccountState } from './set-account-state'
import { signInStaff } from './sign-in-staff'
import { browser, buildAccount, GOOD_PASSWORD, signInWith, whoIs } from './test-office'

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  const from = (ip: string) => ({ ...app.ctx(), ip })
  const attempt = (loginName: string, password: string, ip = '10.0.0.1'): Promise<string> =>
    signInStaff(from(ip), { loginName, password }, browser()).then(
      (answer) => answer.step,
      (error: unknown) => (isAppError(error) ? error.code : String(error)),
    )

  test('the right password opens a session; the name may be written in capitals', async () => {
    const account = await buildAccount(app)
    const edge = browser('Chrome on the desk')
    const answer = await signInStaff(app.ctx(), { loginName: ' WangXiao ', password: GOOD_PASSWORD }, edge)
    expect(answer).toMatchObject({
      step: 'done',
      me: { name: '王晓', roles: ['agent'], mustChangePassword: false },
    })
    if (answer.step !== 'done') throw new Error(answer.step)
    expect(answer.me.may).toEqual(expect.arrayContaining(['desk.list', 'staff.me']))
    expect(answer.me.may).not.toContain('staff.create')
    expect(await whoIs(app, edge)).toMatchObject({ id: account.id, roles: ['agent'], companies: null })
    expect(edge.token()).toMatch(/^[0-9a-f]{64}$/)
    const [session] = await app
      .ctx()
      .db.reader.query<{ tokenHash: string; agent: string }>('SELECT * FROM staff_session')
    expect(session).toMatchObject({ agent: 'Chrome on the desk', ip: '127.0.0.1' })
    expect(session?.tokenHash).not.toBe(edge.token())
  })

  test('an unknown name, a wrong password, a disabled account and rights written by SQL are answered alike', async () => {
    await buildAccount(app)
    await buildAccount(app, { loginName: 'disabled' })
    await buildAccount(app, { loginName: 'tampered' })
    await inTransaction(app.ctx(), async (tx) => {
      await tx.execute(`UPDATE staff_account SET roles = '["supervisor"]' WHERE loginName = 'tampered'`)
      const [row] = await tx.query<{ id: string }>(
        `SELECT id FROM staff_account WHERE loginName = 'disabled'`,
      )
      const account = await lockAccount(tx, row?.id ?? '')
      if (account) await saveAccount(tx, app.ctx(), { ...account, state: 'disabled' })
    })
    const refusals = await Promise.all([
      attempt('nobody', GOOD_PASSWORD),
      attempt('wangxiao', 'not the password'),
      attempt('disabled', GOOD_PASSWORD),
      attempt('tampered', GOOD_PASSWORD),
    ])
    expect(new Set(refusals)).toEqual(new Set(['staff_refused']))
  })

  test('five wrong tries shut the account for a quarter of an hour, from wherever they come, and no other one', async () => {
    await buildAccount(app)
    await buildAccount(app, { loginName: 'other' })
    for (let i = 0; i < 5; i++)
      expect(await attempt('wangxiao', 'wrong', `10.0.${i}.1`)).toBe('staff_refused')
    expect(await attempt('wangxiao', GOOD_PASSWORD, '10.0.99.1')).toBe('staff_locked')
    expect(await attempt('other', GOOD_PASSWORD)).toBe('done')
    app.clock.advance(15 * 60_000 - 1)
    expect(await attempt('wangxiao', GOOD_PASSWORD)).toBe('staff_locked')
    app.clock.advance(1)
    expect(await attempt('wangxiao', GOOD_PASSWORD)).toBe('done')
  })

  test('a name that nobody has is shut as well, so that being shut tells nothing', async () => {
    for (let i = 0; i < 5; i++) expect(await attempt('nobody', 'wrong')).toBe('staff_refused')
    expect(await attempt('nobody', 'wrong')).toBe('staff_locked')
  })

  test('twenty tries at once are five', async () => {
    await buildAccount(app)
    const answers = await Promise.all(Array.from({ length: 20 }, () => attempt('wangxiao', 'wrong')))
    expect(answers.filter((answer) => answer === 'staff_refused').length).toBeLessThanOrEqual(5)
    expect(answers.filter((answer) => answer === 'staff_locked').length).toBeGreaterThanOrEqual(15)
  })

  test('a right password makes the wrong ones before it forgotten', async () => {
    await buildAccount(app)
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) expect(await attempt('wangxiao', 'wrong')).toBe('staff_refused')
      expect(await attempt('wangxiao', GOOD_PASSWORD)).toBe('done')
    }
  })

  test('an address that tries many names is shut, and other addresses are not', async () => {
    await buildAccount(app)
    const { lockTriesPerAddress } = app.config.staff
    for (let i = 0; i < lockTriesPerAddress; i++)
      expect(await attempt(`guess${i}`, 'wrong', '6.6.6.6')).toBe('staff_refused')
    expect(await attempt('wangxiao', GOOD_PASSWORD, '6.6.6.6')).toBe('staff_locked')
    expect(await attempt('wangxiao', GOOD_PASSWORD, '10.0.0.2')).toBe('done')
  })

  test('a security administrator lets a shut account in again', async () => {
    const account = await buildAccount(app)
    for (let i = 0; i < 5; i++) await attempt('wangxiao', 'wrong')
    const admin = app.asStaff(app.ctx().ids.next(), { roles: ['security-admin'] })
    await setAccountState(admin, { staffId: account.id, state: 'active' })
    expect(await attempt('wangxiao', GOOD_PASSWORD)).toBe('done')
  })

  test('every try is in the audit without the name that was typed, and a second place is noticed', async () => {
    const account = await buildAccount(app)
    await attempt('typed-a-password-here', 'x')
    await attempt('wangxiao', 'wrong')
    await signInWith(app, { loginName: 'wangxiao', ctx: from('10.0.0.1') })
    await signInWith(app, { loginName: 'wangxiao', ctx: from('10.0.0.2') })
    const rows = await app
      .ctx()
      .db.reader.query<{ actor: string; outcome: string; detail: string }>(
        `SELECT actor, outcome, detail FROM audit_log WHERE action = 'staff.signIn' ORDER BY id`,
      )
    expect(rows).toEqual([
      { actor: 'stranger', outcome: 'staff_refused', detail: null },
      { actor: `staff:${account.id}`, outcome: 'staff_refused', detail: null },
      { actor: `staff:${account.id}`, outcome: 'done', detail: '{"elsewhere":0}' },
      { actor: `staff:${account.id}`, outcome: 'done', detail: '{"elsewhere":1}' },
    ])
  })

  test('a password that works once works once, and for a week', async () => {
    await buildAccount(app, { oneTime: true })
    const edge = await signInWith(app, { loginName: 'wangxiao' })
    // Until it is changed this person holds no role.
    expect(await whoIs(app, edge)).toMatchObject({ roles: [] })
    expect(await attempt('wangxiao', GOOD_PASSWORD)).toBe('staff_refused')
    await buildAccount(app, { loginName: 'late', oneTime: true })
    app.clock.advance(7 * 86_400_000)
    expect(await attempt('late', GOOD_PASSWORD)).toBe('staff_refused')
  })
})

test('a wrong name takes as long as a wrong password: both cost one hash of at least 50 ms', async () => {
  trueHashes()
  const app = await startApp({
    engine: 'sqlite',
    config: { staff: { lockTries: 10, lockTriesPerAddress: 1000 } },
  })
  try {
    await buildAccount(app, { passwordHash: await hashPassword(GOOD_PASSWORD) })
    // What the processor spent, not the clock on the wall: a busy machine stretches that by whole hashes.
    const costMs = async (loginName: string): Promise<number> => {
      const before = process.cpuUsage()
      await signInStaff(app.ctx(), { loginName, password: 'wrong' }, browser()).catch(() => undefined)
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    }
    await costMs('warm-up')
    const known: number[] = []
    const unknown: number[] = []
    for (let i = 0; i < 8; i++) {
      known.push(await costMs('wangxiao'))
      unknown.push(await costMs(`nobody${i}`))
    }
    const [fastKnown, fastUnknown] = [Math.min(...known), Math.min(...unknown)]
    expect(fastKnown).toBeGreaterThan(50)
    expect(fastUnknown).toBeGreaterThan(50)
    // No hash would be a tenth, two of them twice as much.
    expect(fastKnown / fastUnknown).toBeGreaterThan(0.66)
    expect(fastKnown / fastUnknown).toBeLessThan(1.5)
  } finally {
    await app.close()
  }
})

import { inTransaction } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { confirmCode } from './confirm-code'
import { enrolSecondFactor } from './enrol-second-factor'
import { signInStaff } from './sign-in-staff'
import { browser, buildAccount, codeAt, GOOD_PASSWORD, SECRET, signInWith, whoIs } from './test-office'

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  const first = async (loginName = 'zhaomin') => {
    const answer = await signInStaff(app.ctx(), { loginName, password: GOOD_PASSWORD }, browser())
    if (answer.step === 'done') throw new Error('no second factor was asked for')
    return answer
  }
  const confirm = (challenge: string, code: string, edge = browser()): Promise<string> =>
    confirmCode(app.ctx(), { challenge, code }, edge).then(
      (answer) => answer.step,
      (error: unknown) => (isAppError(error) ? error.code : String(error)),
    )

  test.each(['supervisor', 'security-admin', 'auditor'] as const)(
    'a %s enrols at the first sign-in and has no session on the password alone',
    async (role) => {
      await buildAccount(app, { loginName: 'zhaomin', roles: [role] })
      const edge = browser()
      const answer = await signInStaff(app.ctx(), { loginName: 'zhaomin', password: GOOD_PASSWORD }, edge)
      if (answer.step !== 'enrol') throw new Error(answer.step)
      expect(edge.token()).toBeNull()
      expect(answer.otpauthUrl).toMatch(/^otpauth:\/\/totp\/.*secret=/)
      expect(answer.otpauthUrl).toContain(answer.secret)
      expect(await confirm(answer.challenge, codeAt(app, answer.secret), edge)).toBe('done')
      expect(await whoIs(app, edge)).toMatchObject({ roles: [role] })
      expect((await first()).step).toBe('second-factor')
    },
  )

  test('others sign in with the password alone, unless they have enrolled', async () => {
    await buildAccount(app, { loginName: 'agent' })
    await buildAccount(app, { loginName: 'careful', totpSecret: SECRET })
    const answer = await signInStaff(app.ctx(), { loginName: 'agent', password: GOOD_PASSWORD }, browser())
    expect(answer.step).toBe('done')
    expect((await first('careful')).step).toBe('second-factor')
  })

  test('a code works once, also against a new challenge; the one before and the one after are taken', async () => {
    await buildAccount(app, { loginName: 'zhaomin', totpSecret: SECRET })
    const code = codeAt(app, SECRET)
    expect(await confirm((await first()).challenge, code)).toBe('done')
    expect(await confirm((await first()).challenge, code)).toBe('staff_refused')
    app.clock.advance(60_000)
    expect(await confirm((await first()).challenge, codeAt(app, SECRET, -30_000))).toBe('done')
    expect(await confirm((await first()).challenge, codeAt(app, SECRET, 30_000))).toBe('done')
    // Behind a later code no earlier one counts.
    expect(await confirm((await first()).challenge, codeAt(app, SECRET))).toBe('staff_refused')
    app.clock.advance(120_000)
    expect(await confirm((await first()).challenge, codeAt(app, SECRET, -60_000))).toBe('staff_refused')
  })

  test('the same code sent ten times at once opens one session', async () => {
    await buildAccount(app, { loginName: 'zhaomin', totpSecret: SECRET })
    const { challenge } = await first()
    const code = codeAt(app, SECRET)
    const answers = await Promise.all(Array.from({ length: 5 }, () => confirm(challenge, code)))
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1)
    const sessions = await app.ctx().db.reader.query('SELECT id FROM staff_session')
    expect(sessions).toHaveLength(1)
  })

  test('a challenge is used up by its success, lives five minutes and takes five codes', async () => {
    await buildAccount(app, { loginName: 'zhaomin', totpSecret: SECRET })
    const used = await first()
    expect(await confirm(used.challenge, codeAt(app, SECRET))).toBe('done')
    app.clock.advance(60_000)
    expect(await confirm(used.challenge, codeAt(app, SECRET))).toBe('challenge_over')
    const old = await first()
    app.clock.advance(300_000)
    expect(await confirm(old.challenge, codeAt(app, SECRET))).toBe('challenge_over')
    expect(await confirm('f'.repeat(64), codeAt(app, SECRET))).toBe('challenge_over')
  })

  test('five wrong codes shut the account, however many challenges they were spread over', async () => {
    await buildAccount(app, { loginName: 'zhaomin', totpSecret: SECRET })
    for (let i = 0; i < 4; i++)
      expect(await confirm((await first()).challenge, '000000')).toBe('staff_refused')
    const last = await first()
    expect(await confirm(last.challenge, '000000')).toBe('staff_refused')
    expect(await confirm(last.challenge, codeAt(app, SECRET))).toBe('staff_locked')
    const again = signInStaff(app.ctx(), { loginName: 'zhaomin', password: GOOD_PASSWORD }, browser())
    await expect(again).rejects.toMatchObject({ code: 'staff_locked' })
  })

  test('of two enrolments that were begun, the first that is confirmed counts', async () => {
    await buildAccount(app, { loginName: 'zhaomin', roles: ['supervisor'] })
    const [one, two] = [await first(), await first()]
    if (one.step !== 'enrol' || two.step !== 'enrol') throw new Error('both enrol')
    expect(one.secret).not.toBe(two.secret)
    expect(await confirm(one.challenge, codeAt(app, one.secret))).toBe('done')
    expect(await confirm(two.challenge, codeAt(app, two.secret))).toBe('challenge_over')
  })

  test('whoever wants to may enrol, with the password asked for again; from then on the code is', async () => {
    const account = await buildAccount(app, { loginName: 'careful' })
    const edge = await signInWith(app, { loginName: 'careful' })
    const ctx = { ...app.ctx(), staff: await whoIs(app, edge) }
    await expect(enrolSecondFactor(ctx, { password: 'wrong' })).rejects.toMatchObject({
      code: 'password_wrong',
    })
    const begun = await enrolSecondFactor(ctx, { password: GOOD_PASSWORD })
    // Nothing counts before the first right code.
    const without = await signInStaff(app.ctx(), { loginName: 'careful', password: GOOD_PASSWORD }, browser())
    expect(without.step).toBe('done')
    expect(await confirm(begun.challenge, codeAt(app, begun.secret), edge)).toBe('done')
    expect(await whoIs(app, edge)).toMatchObject({ id: account.id })
    expect((await first('careful')).step).toBe('second-factor')
    const again = enrolSecondFactor(ctx, { password: GOOD_PASSWORD })
    await expect(again).rejects.toMatchObject({ code: 'second_factor_there' })
  })

  test('the secret cannot be read in any table, and a changed one opens nothing', async () => {
    await buildAccount(app, { loginName: 'zhaomin', roles: ['supervisor'] })
    const begun = await first()
    if (begun.step !== 'enrol') throw new Error(begun.step)
    const tables = ['staff_account', 'staff_challenge', 'audit_log']
    await confirm(begun.challenge, codeAt(app, begun.secret))
    for (const table of tables)
      expect(JSON.stringify(await app.ctx().db.reader.query(`SELECT * FROM ${table}`))).not.toContain(
        begun.secret,
      )
    const mine = app.ctx().vault.seal(SECRET)
    await inTransaction(app.ctx(), (tx) => tx.execute('UPDATE staff_account SET totpSealed = ?', [mine]))
    app.clock.advance(60_000)
    await expect(signInWith(app, { loginName: 'zhaomin' })).rejects.toMatchObject({ code: 'staff_refused' })
  })
})

import { inTransaction } from '../../core/db/database'
import { isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { createAccount } from './create-account'
import { describeSignIn } from './describe-sign-in'
import { findAccount } from './account-store'
import { listAccounts } from './list-accounts'
import { prepareSetUp } from './prepare-set-up'
import { resetPassword } from './reset-password'
import type { StaffRole } from './schema'
import { setAccountState } from './set-account-state'
import { setUpStaff } from './set-up-staff'
import { signInStaff } from './sign-in-staff'
import { browser, buildAccount, GOOD_PASSWORD, SECRET, signInWith, whoIs } from './test-office'
import { updateAccount } from './update-account'

eachEngine((engine) => {
  let app: TestApp
  let admin: Ctx
  let adminId: string
  beforeEach(async () => {
    app = await startApp({ engine })
    const account = await buildAccount(app, { loginName: 'admin', name: '钱安', roles: ['security-admin'] })
    adminId = account.id
    admin = app.asStaff(adminId, { roles: ['security-admin'] })
  })
  afterEach(() => app.close())

  const input = (over: object = {}) => ({
    loginName: 'sunwei',
    name: '孙伟',
    phone: '13812345678',
    roles: ['worker'] as StaffRole[],
    scope: { companies: ['heating'], areaIds: null },
    teamId: null,
    skills: ['heating-repair'],
    ...over,
  })

  test('an account is made with a password that works once; its phone is sealed and shown masked', async () => {
    const { account, oneTimePassword } = await createAccount(admin, input())
    expect(account).toMatchObject({ phoneMasked: '138****5678', state: 'active', hasSecondFactor: false })
    const rows = await app.ctx().db.reader.query('SELECT * FROM staff_account')
    expect(JSON.stringify(rows)).not.toContain('13812345678')
    expect(JSON.stringify(rows)).not.toContain(oneTimePassword)
    const edge = await signInWith(app, { loginName: 'sunwei', password: oneTimePassword })
    expect(await whoIs(app, edge)).toMatchObject({ id: account.id, companies: ['heating'] })
  })

  test('a login name is taken once, also by twenty who ask at the same time', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => createAccount(admin, input())))
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const refusals = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    expect(refusals.map((error) => isAppError(error, 'login_name_taken'))).toEqual(Array(5).fill(true))
  })

  test.each([
    ['security-admin', 'agent'],
    ['auditor', 'supervisor'],
    ['security-admin', 'auditor'],
  ] as const)('%s and %s cannot be one person, neither when made nor later', async (one, other) => {
    await expect(createAccount(admin, input({ roles: [one, other] }))).rejects.toMatchObject({
      code: 'roles_conflict',
    })
    const { account } = await createAccount(admin, input())
    const change = { ...input({ roles: [one, other] }), staffId: account.id }
    await expect(updateAccount(admin, change)).rejects.toMatchObject({ code: 'roles_conflict' })
  })

  test('roles, scope and being disabled count from the next request on, and cost no new sign-in', async () => {
    const { account, oneTimePassword } = await createAccount(admin, input({ roles: ['agent'] }))
    await inTransaction(app.ctx(), (tx) => tx.execute('UPDATE staff_account SET mustChangePassword = 0'))
    // Written by SQL, so the account is nobody's until it is saved by us again.
    await expect(
      signInStaff(app.ctx(), { loginName: 'sunwei', password: oneTimePassword }, browser()),
    ).rejects.toMatchObject({ code: 'staff_refused' })
    await updateAccount(admin, { ...input({ roles: ['agent'] }), staffId: account.id })
    const edge = await signInWith(app, { loginName: 'sunwei', password: oneTimePassword })
    expect(await whoIs(app, edge)).toMatchObject({
      roles: ['agent'],
      companies: ['heating'],
      areaPaths: null,
    })
    const area = app.ctx().ids.next()
    const scope = { companies: ['gas', 'heating'], areaIds: [area] }
    await updateAccount(admin, { ...input({ roles: ['dispatcher'], scope }), staffId: account.id })
    expect(await whoIs(app, edge)).toMatchObject({
      roles: ['dispatcher'],
      companies: ['gas', 'heating'],
      areaPaths: [`${area}/`],
    })
    await setAccountState(admin, { staffId: account.id, state: 'disabled' })
    expect(await whoIs(app, edge)).toBeNull()
    await setAccountState(admin, { staffId: account.id, state: 'active' })
    // Being let in again does not bring the old session back.
    expect(await whoIs(app, edge)).toBeNull()
  })

  test('rights that somebody wrote by SQL are none', async () => {
    await buildAccount(app, { loginName: 'agent' })
    const edge = await signInWith(app, { loginName: 'agent' })
    expect(await whoIs(app, edge)).toMatchObject({ roles: ['agent'] })
    const sql = `UPDATE staff_account SET roles = '["supervisor"]' WHERE loginName = 'agent'`
    await inTransaction(app.ctx(), (tx) => tx.execute(sql))
    expect(await whoIs(app, edge)).toBeNull()
  })

  test('nobody changes what they may do themselves, and the last security administrator stays', async () => {
    const own = { ...input({ roles: ['agent'] }), staffId: adminId }
    await expect(updateAccount(admin, own)).rejects.toMatchObject({ code: 'own_account' })
    const state = { staffId: adminId, state: 'disabled' as const }
    await expect(setAccountState(admin, state)).rejects.toMatchObject({ code: 'own_account' })
    const reset = { staffId: adminId, forgetSecondFactor: true }
    await expect(resetPassword(admin, reset)).rejects.toMatchObject({ code: 'own_account' })
    const other = app.asStaff(app.ctx().ids.next(), { roles: ['security-admin'] })
    await expect(updateAccount(other, own)).rejects.toMatchObject({ code: 'last_security_admin' })
    await expect(setAccountState(other, state)).rejects.toMatchObject({ code: 'last_security_admin' })
    const named = { roles: ['security-admin'] as const, scope: { companies: null, areaIds: null } }
    const renamed = await updateAccount(admin, { ...input(named), staffId: adminId, name: '钱安安' })
    expect(renamed.account.name).toBe('钱安安')
    await buildAccount(app, { loginName: 'admin2', roles: ['security-admin'] })
    expect((await updateAccount(other, own)).account.roles).toEqual(['agent'])
  })

  test('a reset ends every session and needs the second factor still, unless it is told to forget it', async () => {
    const account = await buildAccount(app, { loginName: 'careful', totpSecret: SECRET })
    const edge = await signInWith(app, { loginName: 'careful' })
    const { oneTimePassword } = await resetPassword(admin, { staffId: account.id, forgetSecondFactor: false })
    expect(await whoIs(app, edge)).toBeNull()
    await expect(signInWith(app, { loginName: 'careful' })).rejects.toMatchObject({ code: 'staff_refused' })
    const answer = await signInStaff(
      app.ctx(),
      { loginName: 'careful', password: oneTimePassword },
      browser(),
    )
    expect(answer.step).toBe('second-factor')
    await resetPassword(admin, { staffId: account.id, forgetSecondFactor: true })
    expect(await findAccount(app.ctx().db.reader, account.id)).toMatchObject({ totpSealed: null })
  })

  test('a company, team or account that is not there is refused', async () => {
    const nobody = app.ctx().ids.next()
    const scope = { companies: ['steam'], areaIds: null }
    await expect(createAccount(admin, input({ scope }))).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(createAccount(admin, input({ teamId: nobody }))).rejects.toMatchObject({
      code: 'invalid_input',
    })
    const missing = { staffId: nobody }
    await expect(updateAccount(admin, { ...input(), ...missing })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(resetPassword(admin, { ...missing, forgetSecondFactor: false })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('the list goes by name, a page at a time, filtered; a percent sign is looked for and not a wildcard', async () => {
    for (const [n, name] of ['陈一', '陈一', '李二', '赵百%', '周四'].entries())
      await buildAccount(app, { loginName: `person${n}`, name, roles: n === 2 ? ['worker'] : ['agent'] })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listAccounts(admin, { limit: 2, cursor })
      seen.push(...page.items.map((item) => item.loginName))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(new Set(seen).size).toBe(6)
    expect(seen).toHaveLength(6)
    const names = async (filter: object): Promise<string[]> =>
      (await listAccounts(admin, { limit: 50, ...filter })).items.map((item) => item.name)
    expect(await names({ role: 'worker' })).toEqual(['李二'])
    expect(await names({ q: '陈' })).toEqual(['陈一', '陈一'])
    expect(await names({ q: '%' })).toEqual(['赵百%'])
    await expect(listAccounts(admin, { limit: 5, cursor: 'x' })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })

  test('a supervisor of one company sees the people of that company and those of all, and nobody else', async () => {
    await buildAccount(app, { loginName: 'gas1', name: '甲', companies: ['gas'] })
    await buildAccount(app, { loginName: 'both', name: '乙', companies: ['heating', 'gas'] })
    await buildAccount(app, { loginName: 'heat', name: '丙', companies: ['heating'] })
    const seenBy = async (companies: string[] | null): Promise<string[]> => {
      const ctx = app.asStaff(app.ctx().ids.next(), { companies })
      return (await listAccounts(ctx, { limit: 50 })).items.map((item) => item.loginName).sort()
    }
    expect(await seenBy(null)).toEqual(['admin', 'both', 'gas1', 'heat'])
    expect(await seenBy(['gas'])).toEqual(['admin', 'both', 'gas1'])
    expect(await seenBy([])).toEqual(['admin'])
  })

  test('an account that too many wrong tries have shut is shown as locked', async () => {
    await buildAccount(app, { loginName: 'agent' })
    for (let i = 0; i < 5; i++)
      await signInStaff(app.ctx(), { loginName: 'agent', password: 'x' }, browser()).catch(() => undefined)
    const { items } = await listAccounts(admin, { limit: 50, q: 'agent' })
    expect(items).toMatchObject([{ state: 'locked' }])
  })
})

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  const asFirst = (setUpCode: string, over: object = {}) =>
    setUpStaff(app.ctx(), { setUpCode, loginName: 'qianan', name: '钱安', password: GOOD_PASSWORD, ...over })

  test('a fresh installation has no account: only the printed code makes the first one, once', async () => {
    expect(await describeSignIn(app.ctx())).toMatchObject({ needsSetUp: true })
    const code = (await prepareSetUp(app.ctx())) ?? ''
    expect(code).toMatch(/^([0-9a-z]{4}-){3}[0-9a-z]{4}$/)
    expect(JSON.stringify(await app.ctx().db.reader.query('SELECT * FROM staff_set_up'))).not.toContain(code)
    await expect(asFirst('aaaa-bbbb-cccc-dddd')).rejects.toMatchObject({ code: 'set_up_refused' })
    const tries = await Promise.allSettled([1, 2, 3].map((n) => asFirst(code, { loginName: `first${n}` })))
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(await describeSignIn(app.ctx())).toMatchObject({ needsSetUp: false })
    await expect(asFirst(code)).rejects.toMatchObject({ code: 'set_up_refused' })
    expect(await prepareSetUp(app.ctx())).toBeNull()
    const accounts = await app.ctx().db.reader.query('SELECT roles FROM staff_account')
    expect(accounts).toEqual([{ roles: '["security-admin"]' }])
  })

  test('the first person has no session before a second factor is enrolled', async () => {
    const code = (await prepareSetUp(app.ctx())) ?? ''
    expect(await asFirst(code.toUpperCase())).toMatchObject({ step: 'enrol' })
    expect(await app.ctx().db.reader.query('SELECT id FROM staff_session')).toEqual([])
    const edge = await signInWith(app, { loginName: 'qianan' })
    expect(await whoIs(app, edge)).toMatchObject({ roles: ['security-admin'] })
  })

  test('the code is worth nothing after a day, and after the next start', async () => {
    const old = (await prepareSetUp(app.ctx())) ?? ''
    const next = (await prepareSetUp(app.ctx())) ?? ''
    await expect(asFirst(old)).rejects.toMatchObject({ code: 'set_up_refused' })
    app.clock.advance(86_400_000)
    await expect(asFirst(next)).rejects.toMatchObject({ code: 'set_up_refused' })
  })

  test('guessing it from one address is stopped', async () => {
    const code = (await prepareSetUp(app.ctx())) ?? ''
    for (let i = 0; i < app.config.staff.lockTriesPerAddress; i++)
      await asFirst(`guess-${i}`).catch(() => undefined)
    await expect(asFirst(code)).rejects.toMatchObject({ code: 'staff_locked' })
  })
})

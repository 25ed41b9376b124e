import { inTransaction } from '../../core/db/database'
import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { findAccount } from './account-store'
import { authenticateWorker } from './authenticate'
import { bindWallet } from './bind-wallet'
import { makeBindCode } from './make-bind-code'
import { moveWallet } from './move-wallet'
import { residentOfStaff } from './people'
import { saveTeam } from './save-team'
import { setAccountState } from './set-account-state'
import { buildAccount } from './test-office'
import { unbindWallet } from './unbind-wallet'

eachEngine((engine) => {
  let app: TestApp
  let staffId: string
  beforeEach(async () => {
    app = await startApp({ engine })
    const boss = app.asStaff(app.ctx().ids.next())
    const { team } = await saveTeam(boss, {
      teamId: null,
      companyId: 'heating',
      name: '松海维修队',
      leadId: null,
      areaIds: [],
    })
    const made = { loginName: 'sun', name: '孙师傅', roles: ['worker'] as const, teamId: team.id }
    staffId = (await buildAccount(app, made)).id
  })
  afterEach(() => app.close())

  const code = async (id = staffId): Promise<string> =>
    (await makeBindCode(app.asStaff(id, { roles: ['worker'] }), { staffId: id })).code
  const workerBehind = async (residentId: string) => {
    const { resident } = app.asResident(residentId)
    return resident && authenticateWorker(app.ctx(), resident)
  }

  test('with the code the wallet is the worker’s, and works with the roles of now', async () => {
    const { id } = await buildResident(app)
    expect(await workerBehind(id)).toBeNull()
    expect(await bindWallet(app.asResident(id), { code: await code() })).toEqual({
      name: '孙师傅',
      teamName: '松海维修队',
    })
    expect(await workerBehind(id)).toMatchObject({ id: staffId, roles: ['worker'] })
    expect(await residentOfStaff(app.ctx().db.reader, staffId)).toBe(id)
    const admin = app.asStaff(app.ctx().ids.next(), { roles: ['security-admin'] })
    await setAccountState(admin, { staffId, state: 'disabled' })
    expect(await workerBehind(id)).toBeNull()
    expect(await residentOfStaff(app.ctx().db.reader, staffId)).toBeNull()
  })

  test('a code works once, for ten minutes, and not once a newer one was made', async () => {
    const [one, two] = [(await buildResident(app)).id, (await buildResident(app)).id]
    const wrong = { code: 'bind_code_wrong' }
    const first = await code()
    const second = await code()
    await expect(bindWallet(app.asResident(one), { code: first })).rejects.toMatchObject(wrong)
    await bindWallet(app.asResident(one), { code: second })
    await expect(bindWallet(app.asResident(two), { code: second })).rejects.toMatchObject(wrong)
    const late = await code()
    app.clock.advance(10 * 60_000)
    await expect(bindWallet(app.asResident(two), { code: late })).rejects.toMatchObject(wrong)
    expect(await workerBehind(two)).toBeNull()
  })

  test('of ten wallets with one code, one is bound', async () => {
    const wallets = await Promise.all(Array.from({ length: 6 }, () => buildResident(app)))
    const shared = await code()
    const answers = await Promise.allSettled(
      wallets.map(({ id }) => bindWallet(app.asResident(id), { code: shared })),
    )
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
  })

  test('one wallet is one account’s; a newer wallet of the same person takes the place of the older', async () => {
    const other = (await buildAccount(app, { loginName: 'zhou', roles: ['worker'] })).id
    const [one, two] = [(await buildResident(app)).id, (await buildResident(app)).id]
    await bindWallet(app.asResident(one), { code: await code() })
    const taken = bindWallet(app.asResident(one), { code: await code(other) })
    await expect(taken).rejects.toMatchObject({ code: 'wallet_taken' })
    await bindWallet(app.asResident(two), { code: await code() })
    expect(await workerBehind(one)).toBeNull()
    expect(await workerBehind(two)).toMatchObject({ id: staffId })
  })

  test('guessing codes is stopped after five', async () => {
    const { id } = await buildResident(app)
    const guess = (text: string) => bindWallet(app.asResident(id), { code: text })
    for (let i = 0; i < 5; i++)
      await expect(guess(`AAAA000${i}`)).rejects.toMatchObject({ code: 'bind_code_wrong' })
    await expect(guess(await code())).rejects.toMatchObject({ code: 'staff_locked' })
  })

  test('a worker makes a code for nobody else; a supervisor does within their companies', async () => {
    const asker = (roles: string[], companies: string[] | null) =>
      makeBindCode(app.asStaff(app.ctx().ids.next(), { roles, companies }), { staffId })
    await expect(asker(['worker'], null)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(asker(['dispatcher'], null)).rejects.toMatchObject({ code: 'forbidden' })
    // Sun works for all companies, and this supervisor sees one.
    await expect(asker(['supervisor'], ['gas'])).rejects.toMatchObject({ code: 'not_found' })
    expect((await asker(['supervisor'], null)).code).toMatch(/^[0-9A-Z]{8}$/)
    await expect(makeBindCode(app.asStaff(staffId), { staffId: app.ctx().ids.next() })).rejects.toMatchObject(
      {
        code: 'not_found',
      },
    )
  })

  test('unbinding makes the wallet a resident’s again', async () => {
    const { id } = await buildResident(app)
    await bindWallet(app.asResident(id), { code: await code() })
    await unbindWallet(app.asStaff(staffId))
    expect(await workerBehind(id)).toBeNull()
    expect(await findAccount(app.ctx().db.reader, staffId)).toMatchObject({ walletResidentId: null })
  })

  test('when two residents turn out to be one, the worker’s wallet goes along', async () => {
    const [from, into] = [(await buildResident(app)).id, (await buildResident(app)).id]
    await bindWallet(app.asResident(from), { code: await code() })
    await inTransaction(app.ctx(), (tx) => moveWallet(tx, app.ctx(), { from, into }))
    expect(await workerBehind(from)).toBeNull()
    expect(await workerBehind(into)).toMatchObject({ id: staffId })
    const other = (await buildAccount(app, { loginName: 'zhou', roles: ['worker'] })).id
    await bindWallet(app.asResident(from), { code: await code(other) })
    await inTransaction(app.ctx(), (tx) => moveWallet(tx, app.ctx(), { from, into }))
    expect(await workerBehind(into)).toMatchObject({ id: staffId })
    expect(await residentOfStaff(app.ctx().db.reader, other)).toBeNull()
  })
})

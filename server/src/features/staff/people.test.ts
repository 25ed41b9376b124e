import { inTransaction } from '../../core/db/database'
import { DAY_MS } from '../../core/clock'
import { buildAtWork } from '../../testing/at-work'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { findAccount } from './account-store'
import { disableUnused } from './disable-unused'
import { forgetExpired } from './forget-expired'
import { listTeams } from './list-teams'
import { markAwayOffline } from './mark-away-offline'
import { setPresence, staffByIds, supervisorsOf, teamById, teamsOf, workersOf } from './people'
import { saveTeam } from './save-team'
import { seedDemoStaff } from './seed-demo-staff'
import { signInWith, whoIs } from './test-office'

eachEngine((engine) => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp({ engine })
  })
  afterEach(() => app.close())

  const boss = (companies: string[] | null = null) => app.asStaff(app.ctx().ids.next(), { companies })
  const team = (over: object = {}) => ({
    teamId: null,
    companyId: 'heating',
    name: '松海维修队',
    leadId: null,
    areaIds: [],
    ...over,
  })

  test('workers of a company, with team, skills and areas; those of other companies and disabled ones are not among them', async () => {
    const area = app.ctx().ids.next()
    const { team: made } = await saveTeam(boss(), team())
    const sun = await buildAtWork(app, ['worker'], {
      name: '孙师傅',
      companies: ['heating'],
      areaIds: [area],
      teamId: made.id,
      skills: ['valve'],
    })
    const everywhere = await buildAtWork(app, ['worker', 'dispatcher'], { name: '吴师傅' })
    await buildAtWork(app, ['worker'], { companies: ['gas'] })
    await buildAtWork(app, ['agent'], { companies: ['heating'] })
    const gone = await buildAtWork(app, ['worker'], { companies: ['heating'] })
    await inTransaction(app.ctx(), (tx) =>
      tx.execute(`UPDATE staff_account SET state = 'disabled' WHERE id = ?`, [gone.id]),
    )
    const { reader } = app.ctx().db
    const workers = await workersOf(reader, { companyId: 'heating' })
    expect(new Set(workers.map((worker) => worker.id))).toEqual(new Set([sun.id, everywhere.id]))
    expect(workers.find((worker) => worker.id === sun.id)).toMatchObject({
      name: '孙师傅',
      teamName: '松海维修队',
      skills: ['valve'],
      areaPaths: [`${area}/`],
      companies: ['heating'],
      presence: 'online',
    })
    expect(await workersOf(reader, { companyId: 'heating', teamId: made.id })).toHaveLength(1)
    const names = await staffByIds(reader, [sun.id, gone.id, 'nobody'])
    expect([...names.keys()].sort()).toEqual([sun.id, gone.id].sort())
    expect([names.get(sun.id)?.active, names.get(gone.id)?.active]).toEqual([true, false])
  })

  test('supervisors who see the company', async () => {
    const all = await buildAtWork(app, ['supervisor'], { name: '赵敏' })
    await buildAtWork(app, ['supervisor'], { companies: ['gas'] })
    await buildAtWork(app, ['dispatcher'])
    expect(await supervisorsOf(app.ctx().db.reader, 'heating')).toEqual([{ id: all.id, name: '赵敏' }])
  })

  test('a team has one name in its company, an active lead, and is seen by those who see the company', async () => {
    const lead = await buildAtWork(app, ['worker'], { name: '陈班长' })
    const { team: made } = await saveTeam(boss(), team({ leadId: lead.id }))
    expect(made).toMatchObject({ leadName: '陈班长', members: 0 })
    await buildAtWork(app, ['worker'], { teamId: made.id })
    await expect(saveTeam(boss(), team())).rejects.toMatchObject({ code: 'team_name_taken' })
    await expect(saveTeam(boss(['gas']), team({ name: '二队' }))).rejects.toMatchObject({ code: 'not_found' })
    await expect(saveTeam(boss(), team({ name: '二队', companyId: 'steam' }))).rejects.toMatchObject({
      code: 'not_found',
    })
    const nobody = team({ name: '二队', leadId: app.ctx().ids.next() })
    await expect(saveTeam(boss(), nobody)).rejects.toMatchObject({ code: 'invalid_input' })
    const area = app.ctx().ids.next()
    const changed = team({ teamId: made.id, name: '松海一队', areaIds: [area] })
    expect((await saveTeam(boss(), changed)).team).toMatchObject({ id: made.id, leadId: null, members: 1 })
    await expect(saveTeam(boss(), { ...changed, companyId: 'gas' })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect((await listTeams(boss())).teams).toMatchObject([{ name: '松海一队', areaIds: [area] }])
    expect((await listTeams(boss(['gas']))).teams).toEqual([])
    const { reader } = app.ctx().db
    expect(await teamsOf(reader, 'heating')).toMatchObject([{ id: made.id, areaPaths: [`${area}/`] }])
    expect(await teamById(reader, made.id)).toMatchObject({ name: '松海一队', companyId: 'heating' })
    expect(await teamById(reader, 'nothing')).toBeNull()
  })

  test('whoever asks for nothing in ten minutes is offline; a worker with a wallet has half a day', async () => {
    const agent = await buildAtWork(app, ['agent'])
    const worker = await buildAtWork(app, ['worker'], { walletResidentId: app.ctx().ids.next() })
    const presenceOf = async (id: string) => (await findAccount(app.ctx().db.reader, id))?.presence
    app.clock.advance(9 * 60_000)
    await markAwayOffline(app.ctx())
    expect([await presenceOf(agent.id), await presenceOf(worker.id)]).toEqual(['online', 'online'])
    app.clock.advance(2 * 60_000)
    await markAwayOffline(app.ctx())
    expect([await presenceOf(agent.id), await presenceOf(worker.id)]).toEqual(['offline', 'online'])
    app.clock.advance(12 * 3_600_000)
    await markAwayOffline(app.ctx())
    expect(await presenceOf(worker.id)).toBe('offline')
    await inTransaction(app.ctx(), (tx) => setPresence(tx, worker.id, 'away'))
    expect(await presenceOf(worker.id)).toBe('away')
  })

  test('an account that nobody has used for ninety days is disabled, and leaves a trace; the administrator stays', async () => {
    const unused = await buildAtWork(app, ['agent'])
    const admin = await buildAtWork(app, ['security-admin'])
    app.clock.advance(89 * DAY_MS)
    const used = await buildAtWork(app, ['agent'])
    app.clock.advance(DAY_MS + 1)
    await disableUnused(app.ctx())
    const stateOf = async (id: string) => (await findAccount(app.ctx().db.reader, id))?.state
    expect(await Promise.all([unused.id, admin.id, used.id].map(stateOf))).toEqual([
      'disabled',
      'active',
      'active',
    ])
    const rows = await app
      .ctx()
      .db.reader.query(`SELECT object, actor FROM audit_log WHERE action = 'staff.disableUnused'`)
    expect(rows).toEqual([{ object: `staff:${unused.id}`, actor: 'system' }])
  })

  test('sessions that are over are forgotten after a month and not sooner', async () => {
    await buildAtWork(app, ['agent'])
    const count = async () => (await app.ctx().db.reader.query('SELECT id FROM staff_session')).length
    app.clock.advance(30 * DAY_MS)
    await forgetExpired(app.ctx())
    expect(await count()).toBe(1)
    app.clock.advance(DAY_MS)
    await forgetExpired(app.ctx())
    expect(await count()).toBe(0)
  })

  test('outside the demo no account is made for anybody', async () => {
    expect(await seedDemoStaff(app.ctx())).toBeNull()
    expect(await app.ctx().db.reader.query('SELECT id FROM staff_account')).toEqual([])
  })

  test('the demo’s people are made once, each with a password of their own, and can sign in', async () => {
    const demo = { ...app.ctx(), config: { ...app.config, environment: 'demo' as const } }
    const [made, again] = [await seedDemoStaff(demo), await seedDemoStaff(demo)]
    expect(again).toBeNull()
    expect(made?.map((one) => one.name)).toEqual(
      expect.arrayContaining(['王晓', '李强', '孙师傅', '周师傅', '陈班长', '赵敏']),
    )
    expect(new Set(made?.flatMap((one) => one.roles)).size).toBe(8)
    expect(new Set(made?.map((one) => one.password)).size).toBe(made?.length)
    for (const loginName of ['wangxiao', 'zhaomin']) {
      const person = made?.find((one) => one.loginName === loginName)
      expect(person?.totpSecret === null).toBe(loginName === 'wangxiao')
      const edge = await signInWith(app, {
        loginName,
        password: person?.password ?? '',
        secret: person?.totpSecret ?? '',
      })
      expect(await whoIs(app, edge)).toMatchObject({ id: person?.staffId })
    }
    const teams = await teamsOf(app.ctx().db.reader, 'heating')
    expect(teams).toContainEqual(
      expect.objectContaining({
        name: '维修班',
        leadId: made?.find((one) => one.name === '陈班长')?.staffId,
      }),
    )
    // Nobody leads a team alone on paper: each has somebody in it.
    for (const companyId of ['heating', 'gas'])
      for (const { leadId } of await teamsOf(app.ctx().db.reader, companyId))
        expect(made?.map(({ staffId }) => staffId)).toContain(leadId)
  })
})

import { DAY_MS } from '../../core/clock'
import { buildBill } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { outcomeOf } from '../households/households.fixture'
import { findHandover } from '../households'
import { listBills } from '../billing/list-bills'
import { inviteMember } from './invite-member'
import { joinHome } from './join-home'
import { listProxies } from './list-proxies'
import { readHousehold } from './read-household'
import { recordHandover } from './record-handover'
import { withdrawHandover } from './withdraw-handover'
import { familyWorld } from './test-family'

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
  })
  afterAll(() => app.close())
  const { resident, home, isBound, joined, acting } = familyWorld(() => app)

  describe('过户', () => {
    const move = (householdId: string, effectiveOn: string, keep: string[] = []) =>
      recordHandover(app.asStaff(app.ctx().ids.next()), {
        householdId,
        kind: 'transfer',
        effectiveOn,
        note: '',
        keep,
      })
    const day = (ahead: number): string =>
      new Date(app.clock.now() + 8 * 3_600_000 + ahead * DAY_MS).toISOString().slice(0, 10)

    test('ends bindings, acting and invitations at once, keeps whoever belongs to the new holder', async () => {
      const { parent, child, household } = await acting()
      const { token } = await inviteMember(app.asResident(parent), {
        householdId: household.id,
        role: 'family',
      })
      const next = await joined(parent, household.id, 'family')
      const keep = (
        await readHousehold(app.asStaff(app.ctx().ids.next()), { householdId: household.id })
      ).members
        .filter(({ role }) => role === 'family')
        .map(({ id }) => id)
      await move(household.id, day(0), keep)
      expect(await isBound(parent, household.id)).toBe(false)
      expect(await isBound(child, household.id)).toBe(false)
      expect(await isBound(next, household.id)).toBe(true)
      expect(await outcomeOf(joinHome(app.asResident(await resident()), { token }))).toBe('invite_gone')
      await app.runJobs()
      const [proxy] = (await listProxies(app.asResident(parent))).proxies
      expect(proxy?.state).toBe('ended')
    })

    test('a day to come waits for its morning', async () => {
      const { owner, household } = await home()
      await move(household.id, day(2))
      await app.runJobs()
      expect(await isBound(owner, household.id)).toBe(true)
      app.clock.advance(2 * DAY_MS)
      await app.runJobs()
      expect(await isBound(owner, household.id)).toBe(false)
    })

    test('a mistake is taken back, and those whom it ended see all again', async () => {
      const { owner, household } = await home()
      await buildBill(app, household, { period: '2024-2025' })
      const { handover } = await move(household.id, day(0))
      expect(
        await outcomeOf(listBills(app.asResident(owner), { householdId: household.id, limit: 20 })),
      ).toBe('not_found')
      await withdrawHandover(app.asStaff(app.ctx().ids.next()), { handoverId: handover.id })
      const { items } = await listBills(app.asResident(owner), { householdId: household.id, limit: 20 })
      expect(items).toHaveLength(1)
      expect((await findHandover(app.ctx().db.reader, handover.id))?.state).toBe('withdrawn')
    })

    test('a day that cannot be meant is refused', async () => {
      const { household } = await home()
      expect(await outcomeOf(move(household.id, day(-500)))).toBe('invalid_input')
      expect(await outcomeOf(move(household.id, day(200)))).toBe('invalid_input')
    })
  })
})

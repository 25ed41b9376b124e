import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { buildBill } from '../../testing/factories'
import { FakeWallet } from '../../testing/fake-wallet'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { outcomeOf } from '../households/households.fixture'
import { startPayment } from '../payments/start-payment'
import { answerProxy } from './answer-proxy'
import { askProxy } from './ask-proxy'
import { endProxy } from './end-proxy'
import { inviteMember } from './invite-member'
import { joinHome } from './join-home'
import { listProxies } from './list-proxies'
import { openInvite } from './open-invite'
import { openProxy } from './open-proxy'
import { readHome } from './read-home'
import { removeMember } from './remove-member'
import { renewProxy } from './renew-proxy'
import { revokeInvite } from './revoke-invite'
import { setRole } from './set-role'
import { stopProxy } from './stop-proxy'
import { ASK, familyWorld } from './test-family'
import { CONSENT } from './words'

eachEngine((engine) => {
  let app: TestApp
  let wallet: FakeWallet
  beforeAll(async () => {
    wallet = new FakeWallet('wechat', () => app.clock.now())
    app = await startApp({ engine, platforms: { payments: { wechat: wallet, alipay: wallet } } })
  })
  afterAll(() => app.close())

  const { resident, home, isBound, joined, memberOf, acting, settle } = familyWorld(() => app)

  describe('an invitation', () => {
    test('shows the household masked, lets one person in, in the role that was chosen', async () => {
      const { owner, household } = await home()
      const { token, link, qr } = await inviteMember(app.asResident(owner), {
        householdId: household.id,
        role: 'tenant',
      })
      expect(link).toContain(`/#/family/join/index?token=${token}`)
      expect(qr).toMatch(/^data:image\/png;base64,/)
      const shown = await openInvite(app.ctx(), { token })
      expect(shown).toMatchObject({ state: 'open', role: 'tenant', ownerNameMasked: '*玉' })
      expect(JSON.stringify(shown)).not.toContain('404')
      expect(JSON.stringify(shown)).not.toContain(household.accountNo)
      const guest = await resident()
      expect(await joinHome(app.asResident(guest), { token })).toMatchObject({ role: 'tenant' })
      expect(await isBound(guest, household.id)).toBe(true)
      expect((await openInvite(app.ctx(), { token })).state).toBe('gone')
      expect(await outcomeOf(joinHome(app.asResident(await resident()), { token }))).toBe('invite_gone')
    })

    test('of two people at the same moment one joins, and the same person twice joins once', async () => {
      const { owner, household } = await home()
      const { token } = await inviteMember(app.asResident(owner), {
        householdId: household.id,
        role: 'family',
      })
      const people = [await resident(), await resident()]
      const outcomes = await Promise.all(
        people.map((id) => outcomeOf(joinHome(app.asResident(id), { token }))),
      )
      expect(outcomes.toSorted()).toEqual(['done', 'invite_gone'])
      const winner = people[outcomes.indexOf('done')] ?? ''
      expect(await outcomeOf(joinHome(app.asResident(winner), { token }))).toBe('done')
      const { members } = await readHome(app.asResident(owner), { householdId: household.id })
      expect(members).toHaveLength(2)
    })

    test('is gone when it is revoked, too old, or its inviter is out', async () => {
      const { owner, household } = await home()
      const make = () => inviteMember(app.asResident(owner), { householdId: household.id, role: 'family' })
      const revoked = await make()
      await revokeInvite(app.asResident(owner), { inviteId: revoked.invite.id })
      const guest = app.asResident(await resident())
      expect(await outcomeOf(joinHome(guest, { token: revoked.token }))).toBe('invite_gone')
      const old = await make()
      app.clock.advance(4 * DAY_MS)
      expect(await outcomeOf(joinHome(guest, { token: old.token }))).toBe('invite_gone')
      const second = await joined(owner, household.id, 'owner')
      const orphan = await make()
      const first = (await readHome(app.asResident(second), { householdId: household.id })).members
      const inviter = first.find(({ isMe }) => !isMe)
      await removeMember(app.asResident(second), { memberId: inviter?.id ?? '' })
      expect(await outcomeOf(joinHome(guest, { token: orphan.token }))).toBe('invite_gone')
    })

    test('is not used up by whoever made it', async () => {
      const { owner, household } = await home()
      const { token } = await inviteMember(app.asResident(owner), {
        householdId: household.id,
        role: 'family',
      })
      expect(await outcomeOf(joinHome(app.asResident(owner), { token }))).toBe('move_not_allowed')
      expect((await openInvite(app.ctx(), { token })).state).toBe('open')
    })
  })

  describe('members', () => {
    test('an owner changes a role and removes, and whoever is out sees nothing at once', async () => {
      const { owner, household } = await home()
      const other = await joined(owner, household.id, 'family')
      const { id: memberId } = await memberOf(owner, household.id, false)
      await setRole(app.asResident(owner), { memberId, role: 'tenant' })
      expect((await memberOf(other, household.id, true)).role).toBe('tenant')
      expect((await readHome(app.asResident(other), { householdId: household.id })).members).toHaveLength(1)
      await removeMember(app.asResident(owner), { memberId })
      expect(await outcomeOf(readHome(app.asResident(other), { householdId: household.id }))).toBe(
        'not_found',
      )
    })

    test('the only proven owner stays one; of two owners who demote each other one stays', async () => {
      const { owner, household } = await home()
      const second = await joined(owner, household.id, 'owner')
      const [mine, theirs] = [
        await memberOf(owner, household.id, true),
        await memberOf(owner, household.id, false),
      ]
      await Promise.all([
        outcomeOf(setRole(app.asResident(owner), { memberId: theirs.id, role: 'family' })),
        outcomeOf(setRole(app.asResident(second), { memberId: mine.id, role: 'family' })),
      ])
      const { members } = await readHome(app.asResident(owner), { householdId: household.id })
      expect(members.filter(({ role, proven }) => role === 'owner' && proven)).toHaveLength(1)
    })

    test('whoever only says that they own it manages nobody', async () => {
      const { owner, household } = await home()
      await inTransaction(app.ctx(), (tx) =>
        tx.execute('UPDATE binding SET proof = NULL WHERE householdId = ?', [household.id]),
      )
      const me = app.asResident(owner)
      const input = { householdId: household.id, role: 'family' } as const
      expect(await outcomeOf(inviteMember(me, input))).toBe('owner_unproven')
      const { id: memberId } = await memberOf(owner, household.id, true)
      expect(await outcomeOf(setRole(me, { memberId, role: 'tenant' }))).toBe('owner_unproven')
    })
  })

  describe('acting for a parent', () => {
    test('nothing is allowed before they agree; what they agreed to is kept with version and text', async () => {
      const { owner: parent, household } = await home()
      const child = await resident()
      const { token } = await askProxy(app.asResident(child), ASK)
      expect(await isBound(child, household.id)).toBe(false)
      const shown = await openProxy(app.asResident(parent), { token })
      expect(shown).toMatchObject({
        state: 'asked',
        agentName: '张小玉',
        relation: 'daughter',
        isMine: false,
      })
      expect(shown).toMatchObject({ households: [{ householdId: household.id }] })
      const answer = { token, agree: true, householdIds: [household.id], ...CONSENT }
      expect(await outcomeOf(answerProxy(app.asResident(child), answer))).toBe('proxy_own')
      const stale = { ...answer, textSha256: '0'.repeat(64) }
      expect(await outcomeOf(answerProxy(app.asResident(parent), stale))).toBe('invalid_input')
      const foreign = { ...answer, householdIds: [(await home()).household.id] }
      expect(await outcomeOf(answerProxy(app.asResident(parent), foreign))).toBe('not_found')
      await answerProxy(app.asResident(parent), answer)
      expect(await isBound(child, household.id)).toBe(true)
      expect(await outcomeOf(answerProxy(app.asResident(parent), answer))).toBe('proxy_gone')
      const consents = await app
        .ctx()
        .db.reader.query(
          'SELECT granted, residentId, method, version, textSha256 FROM family_consent WHERE householdId = ?',
          [household.id],
        )
      expect(consents).toEqual([
        {
          granted: 1,
          residentId: parent,
          method: 'wallet',
          version: CONSENT.version,
          textSha256: CONSENT.textSha256,
        },
      ])
    })

    test('refusing leaves nothing', async () => {
      const { owner: parent, household } = await home()
      const child = await resident()
      const { token } = await askProxy(app.asResident(child), ASK)
      await answerProxy(app.asResident(parent), { token, agree: false, householdIds: [], ...CONSENT })
      expect(await isBound(child, household.id)).toBe(false)
      expect((await openProxy(app.asResident(parent), { token })).state).toBe('gone')
    })

    test('a payment that was begun before the right was taken back still counts, and is told once', async () => {
      const { parent, child, household, proxyId } = await acting()
      const bill = await buildBill(app, household)
      const { payment } = await startPayment(app.asResident(child), {
        clientId: `client-${app.ctx().ids.next()}`,
        billIds: [bill.id],
        product: 'wechat-mini',
        shownTotalFen: bill.amountFen,
      })
      app.clock.advance(1000)
      await endProxy(app.asResident(parent), { proxyId })
      expect(await isBound(child, household.id)).toBe(false)
      expect(await outcomeOf(endProxy(app.asResident(parent), { proxyId }))).toBe('done')
      await settle(payment)
      await settle(payment)
      const [proxy] = (await listProxies(app.asResident(parent))).proxies
      expect(proxy?.acts.map(({ words }) => words)).toEqual([
        expect.stringMatching(/^您的女儿于.*缴了 3634\.08 元$/),
      ])
      const told = await app
        .ctx()
        .db.reader.query("SELECT id FROM message WHERE residentId = ? AND template = 'family-acted'", [
          parent,
        ])
      expect(told).toHaveLength(1)
      const audits = await app
        .ctx()
        .db.reader.query<{ detail: string }>(
          "SELECT detail FROM audit_log WHERE action = 'family.acted' AND object = ?",
          [`payment:${payment.id}`],
        )
      expect(audits.map(({ detail }) => JSON.parse(detail))).toEqual([
        { onBehalf: true, proxyId, householdId: household.id, what: 'paid' },
      ])
    })

    test('of a tap that revokes and one that pays both come out, and nobody pays after it', async () => {
      const { parent, child, household, proxyId } = await acting()
      const bill = await buildBill(app, household)
      const pay = () =>
        startPayment(app.asResident(child), {
          clientId: `client-${app.ctx().ids.next()}`,
          billIds: [bill.id],
          product: 'wechat-mini' as const,
          shownTotalFen: bill.amountFen,
        })
      const [, paid] = await Promise.all([endProxy(app.asResident(parent), { proxyId }), outcomeOf(pay())])
      expect(['done', 'not_found']).toContain(paid)
      expect(await outcomeOf(pay())).toBe('not_found')
    })

    test('runs out by itself, and goes on when whoever agreed says so', async () => {
      const { parent, child, household, proxyId } = await acting()
      app.clock.advance(300 * DAY_MS)
      expect(await outcomeOf(renewProxy(app.asResident(child), { proxyId, months: 12 }))).toBe('not_found')
      await renewProxy(app.asResident(parent), { proxyId, months: 12 })
      app.clock.advance(200 * DAY_MS)
      await app.runJobs()
      expect(await isBound(child, household.id)).toBe(true)
      app.clock.advance(200 * DAY_MS)
      await app.runJobs()
      expect(await isBound(child, household.id)).toBe(false)
    })

    test('the agent ends it too, a stranger does not, and the desk does for whoever rings up', async () => {
      const one = await acting()
      expect(await outcomeOf(endProxy(app.asResident(await resident()), one))).toBe('not_found')
      await endProxy(app.asResident(one.child), one)
      expect(await isBound(one.child, one.household.id)).toBe(false)
      const two = await acting()
      await stopProxy(app.asStaff(app.ctx().ids.next()), two)
      expect(await isBound(two.child, two.household.id)).toBe(false)
    })
  })
})

import { inTransaction } from '../../core/db/database'
import { buildBill, buildResident } from '../../testing/factories'
import { FakeWallet } from '../../testing/fake-wallet'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { listBills } from '../billing/list-bills'
import { getBill } from '../billing/get-bill'
import { catalogueVersionTable } from '../catalogue/entities'
import { codesOperations } from '../codes/schema'
import { householdsOperations } from '../households/schema'
import { planSupply } from '../heating/plan-supply'
import { type Power, POWERS } from '../households'
import { outcomeOf } from '../households/households.fixture'
import { listOpen } from '../invoices/list-open'
import { startPayment } from '../payments/start-payment'
import { showMeter } from '../readings/show-meter'
import { submitRequest } from '../requests/submit-request'
import { TEST_CATALOGUE } from '../requests/test-catalogue'
import type { Ctx } from '../../platforms/context'
import { answerProxy } from './answer-proxy'
import { askProxy } from './ask-proxy'
import { inviteMember } from './invite-member'
import { listPowers } from './list-powers'
import { openProxy } from './open-proxy'
import { readHome } from './read-home'
import { setRole } from './set-role'
import { ASK, familyWorld } from './test-family'
import { CONSENT } from './words'

const ROLES = ['owner', 'family', 'tenant', 'proxy'] as const

/** Generated from the one table: each power of each role is tried on the server, and what happens is what it says. */
eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    const wallet = new FakeWallet('wechat', () => app.clock.now())
    app = await startApp({ engine, platforms: { payments: { wechat: wallet, alipay: wallet } } })
    await inTransaction(app.ctx(), (tx) =>
      tx.insert(catalogueVersionTable, {
        companyId: 'heating',
        version: 1,
        body: JSON.stringify(TEST_CATALOGUE),
        note: '测试',
        byId: null,
        byName: null,
        createdAt: 0,
      }),
    )
  })
  afterAll(() => app.close())
  const { resident, home, joined, settle } = familyWorld(() => app)

  const somebody = async (role: (typeof ROLES)[number]) => {
    const { owner, household } = await home()
    if (role === 'owner')
      return { ctx: app.asResident(owner), household, other: await joined(owner, household.id, 'family') }
    if (role !== 'proxy')
      return { ctx: app.asResident(await joined(owner, household.id, role)), household, other: owner }
    const child = await resident()
    const { token } = await askProxy(app.asResident(child), ASK)
    const answer = { token, agree: true, householdIds: [household.id], ...CONSENT }
    await answerProxy(app.asResident(owner), answer)
    return { ctx: app.asResident(child), household, other: owner }
  }
  const refusals = ['not_found', 'role_forbidden', 'owner_unproven']
  const isLetIn = async (work: Promise<unknown>): Promise<boolean> =>
    !refusals.includes(await outcomeOf(work))
  const pay = (ctx: Ctx, bill: { id: string; amountFen: number }) =>
    startPayment(ctx, {
      clientId: `client-${ctx.ids.next()}`,
      billIds: [bill.id],
      product: 'wechat-mini',
      shownTotalFen: bill.amountFen,
    })

  type Somebody = Awaited<ReturnType<typeof somebody>>
  /** Whether the server lets somebody do what the power is called. */
  const TRIES: Readonly<Record<Power, (who: Somebody) => Promise<boolean>>> = {
    pay: async ({ ctx, household }) => isLetIn(pay(ctx, await buildBill(app, household))),
    bills: async ({ ctx, household }) =>
      isLetIn(getBill(ctx, { billId: (await buildBill(app, household)).id })),
    history: async ({ ctx, household }) => {
      await buildBill(app, household, { period: '2021-2022', state: 'paid' })
      return (await listBills(ctx, { householdId: household.id, limit: 20 })).items.length === 1
    },
    requests: async ({ ctx, household }) =>
      isLetIn(
        submitRequest(ctx, {
          companyId: 'heating',
          typeId: 'cold',
          catalogueVersion: 1,
          householdId: household.id,
          words: '不热',
          answers: {},
          fileIds: [],
          anonymous: false,
          dangerSeen: false,
        }),
      ),
    readings: async ({ ctx, household }) => isLetIn(showMeter(ctx, { householdId: household.id })),
    invoices: async ({ ctx, household }) => {
      const { payment } = await pay(ctx, await buildBill(app, household))
      await settle(payment)
      return (await listOpen(ctx, { paymentId: payment.id, limit: 10 })).items.length > 0
    },
    contract: async ({ ctx, household }) =>
      isLetIn(planSupply(ctx, { householdId: household.id, kind: 'stop' })),
    members: async ({ ctx, household }) =>
      (await readHome(ctx, { householdId: household.id })).members.length > 1,
    consent: async ({ ctx }) => {
      const { id } = await buildResident(app)
      const { token } = await askProxy(app.asResident(id), ASK)
      const asked = await openProxy(ctx, { token })
      return asked.state === 'asked' && asked.households.length > 0
    },
    invite: async ({ ctx, household }) =>
      isLetIn(inviteMember(ctx, { householdId: household.id, role: 'family' })),
    manage: async ({ ctx, household, other }) => {
      const { members } = await readHome(app.asResident(other), { householdId: household.id })
      const memberId = members.find(({ isMe }) => isMe)?.id ?? ''
      return isLetIn(setRole(ctx, { memberId, role: 'family' }))
    },
  }

  test('nobody takes the role of whoever acts for others by themselves', () => {
    const proof = { kind: 'phone-tail', value: '2298' }
    const bind = { clientId: 'client-0123456789', companyId: 'gas', accountNo: '0008800011', proof }
    const byCode = { clientId: bind.clientId, token: 'A'.repeat(28), proof }
    for (const role of ['family', 'proxy'])
      expect([
        role,
        householdsOperations['households.bind'].input.safeParse({ ...bind, role }).success,
        codesOperations['codes.bind'].input.safeParse({ ...byCode, role }).success,
      ]).toEqual([role, role === 'family', role === 'family'])
  })

  test('the page shows the very table', () => {
    expect(Object.fromEntries(listPowers().powers.map(({ power, roles }) => [power, roles]))).toEqual(POWERS)
  })

  test.each(ROLES.flatMap((role) => (Object.keys(POWERS) as Power[]).map((power) => [role, power] as const)))(
    '%s and %s: the server does what the table says',
    async (role, power) => {
      const allowed: readonly string[] = POWERS[power]
      expect(await TRIES[power](await somebody(role))).toBe(allowed.includes(role))
    },
  )
})

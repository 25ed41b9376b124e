import { features } from './features'
import { inTransaction } from './core/db/database'
import { AppError } from './core/errors'
import { visitBookingTable, visitSlotTable } from './features/appointments/entities'
import { catalogueVersionTable } from './features/catalogue/entities'
import { buildNotice } from './features/notices/fan-out.fixture'
import { sendMessage } from './features/chat/send-message'
import { startPayment } from './features/payments/start-payment'
import { createRequest } from './features/requests/create-request'
import { newRequest, TEST_CATALOGUE } from './features/requests/test-catalogue'
import { buildReading } from './testing/build-reading'
import { buildChat } from './testing/build-chat'
import { buildFamily } from './testing/build-family'
import { buildHeat } from './testing/build-heat'
import { buildInvoice } from './testing/build-invoice'
import { buildOutlet } from './testing/build-outlet'
import { buildPrivacy } from './testing/build-privacy'
import { buildBill, buildHousehold, buildResident } from './testing/factories'
import { FakeWallet } from './testing/fake-wallet'
import { eachEngine, startApp, type TestApp } from './testing/harness'
import { rowsNaming } from './testing/rows-naming'
import { idFieldsOf, sampleInput } from './testing/sample-input'
import type { Ctx } from './platforms/context'
import { buildReadyFile } from './testing/ready-file'
import { buildSession } from './testing/scan-repeats'

/**
 * Whose thing is it (security.md 8.2.2)? Generated from the route table: every operation that residents may call and
 * every id that its input takes. Somebody else's id must be answered exactly as one that does not exist, one's own
 * must not, and nothing of the other person may change.
 */
const routes = features
  .flatMap((feature) => feature.routes)
  .filter(({ operation }) => operation.auth === 'resident' || operation.auth === 'person')

/** Ids that belong to nobody in particular, with the reason. */
const SHARED: Readonly<Record<string, string>> = {
  'messages.markRead upToMessageId':
    'a place in my own list; whatever it is, only my own messages are marked',
  'notices.subscribe noticeId': 'what is announced is announced to everybody',
  'notices.unsubscribe noticeId': 'what is announced is announced to everybody',
  'knowledge.rate articleId': 'what is published is for everybody',
  'slots.hold slotId': 'times are offered to everybody',
  'slots.list areaId': 'the tree of places is public',
  'outlets.takeTicket outletId': 'outlets are for everybody',
}

/** Where one's own id is not answered differently, with the reason; nothing of the other may change all the same. */
const ALIKE: Readonly<Record<string, string>> = {
  'slots.release holdId': 'letting go what is gone, or was never mine, is done already',
  'chat.open id': 'a card of what is not theirs is left out, and the conversation opens all the same',
  'readings.submit fileId':
    'this home has no meter, which is said first; whose the photo is asks submit-reading.test.ts',
  'invoices.request billId':
    'this payment has not arrived, which is said first; whose the bill is asks invoices.test.ts',
  'family.answerProxy householdIds':
    'a link that nobody made is said first; whose the household is asks family.test.ts',
  'requests.follow requestId': 'one follows a neighbour’s request, never one’s own',
}

/** Where a request must stand for the act to be looked at at all. */
const RESOLVED = new Set(['requests.rate', 'requests.reopen'])
/** Where the notice must be over. */
const RESTORED = new Set(['requests.answerRestored'])
/** Where the conversation must be over. */
const CLOSED = new Set(['chat.rate'])

const cases = routes.flatMap((route) =>
  idFieldsOf(route.operation.input)
    .filter((field) => SHARED[`${route.name} ${field}`] === undefined)
    .map((field) => [route.name, field, route] as const),
)

/** Things that a resident owns, one of each, by the name under which inputs take it. */
type Belongings = Readonly<Record<string, string>>
interface Somebody {
  readonly ctx: Ctx
  readonly owns: Belongings
}

const NOTHING_LIKE_IT = '01J9ZZZZZZZZZZZZZZZZZZZZZZ'
const noEdge = { cookie: () => null, setCookie: () => undefined }

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    let now = (): number => 0
    const wechat = new FakeWallet('wechat', () => now())
    const alipay = new FakeWallet('alipay', () => now())
    app = await startApp({ engine, platforms: { payments: { wechat, alipay } } })
    now = () => app.clock.now()
    const version = {
      companyId: 'heating',
      version: 1,
      body: JSON.stringify(TEST_CATALOGUE),
      note: '测试',
      byId: null,
      byName: null,
      createdAt: app.clock.now(),
    }
    await inTransaction(app.ctx(), (tx) => tx.insert(catalogueVersionTable, version))
  })
  afterAll(() => app.close())

  /** What each builder gives, learnt from its first run: what no input of a case names is not built for it. */
  const given = new Map<string, readonly string[]>()

  /** Somebody with a home and everything that `wanted` names; with one of each thing where nothing does. */
  const buildSomebody = async (wanted?: readonly string[]): Promise<Somebody> => {
    const { id } = await buildResident(app)
    const ctx = app.asResident(id)
    const household = await buildHousehold(app, { members: [id] })
    const home = { companyId: 'heating', householdId: household.id, residentId: id }
    const builders: Readonly<Record<string, () => Promise<object>>> = {
      bill: async () => {
        const bill = await buildBill(app, household)
        // Of what a conversation is about.
        return { billId: bill.id, billIds: bill.id, id: bill.id }
      },
      payment: async () => {
        const due = await buildBill(app, household, { period: '2025-2026' })
        const { payment } = await startPayment(ctx, {
          clientId: `client-${ctx.ids.next()}`,
          billIds: [due.id],
          product: 'wechat-mini',
          shownTotalFen: due.amountFen,
        })
        return { paymentId: payment.id }
      },
      request: async () => {
        const asked = newRequest({ residentId: id, householdId: household.id })
        const { row } = await inTransaction(ctx, (tx) => createRequest(tx, ctx, asked))
        return { requestId: row.id }
      },
      reading: async () => ({ readingId: await buildReading(app, home) }),
      file: async () => ({ fileId: await buildReadyFile(app, { kind: 'resident', id }) }),
      files: async () => ({ fileIds: await buildReadyFile(app, { kind: 'resident', id }) }),
      session: async () => ({ sessionId: await buildSession(app, id) }),
      hold: () => buildHold(id),
      notice: async () => ({ noticeId: (await buildNotice(app, { householdIds: [household.id] })).id }),
      talk: () => buildTalk(ctx, id),
      privacy: () => buildPrivacy(app, id),
      outlet: () => buildOutlet(app, { companyId: 'heating', residentId: id }),
      invoice: () => buildInvoice(app, { companyId: 'heating', residentId: id }),
      family: () => buildFamily(app, { householdId: household.id, residentId: id }),
      heat: () => buildHeat(app, { ...home, areaPath: '' }),
    }
    const owns: Record<string, string> = { householdId: household.id, householdIds: household.id }
    for (const [name, build] of Object.entries(builders)) {
      if (wanted && given.get(name)?.some((key) => wanted.includes(key)) === false) continue
      const built = await build()
      given.set(name, Object.keys(built))
      Object.assign(owns, built)
    }
    return { ctx, owns }
  }

  const others = new Map<string, Promise<Somebody>>()
  /** The other one, whom no case may change: one for all of them, and one for each state that an act wants. */
  const otherFor = (name: string): Promise<Somebody> => {
    const wish = [RESOLVED, RESTORED, CLOSED].map((names) => names.has(name)).join()
    const known = others.get(wish) ?? buildSomebody().then((other) => prepare(name, other))
    others.set(wish, known)
    return known
  }

  /** Brings what somebody owns into the state that the act wants. */
  const prepare = async (name: string, somebody: Somebody): Promise<Somebody> => {
    const { requestId = '', noticeId = '', conversationId = '' } = somebody.owns
    const now = app.clock.now()
    await inTransaction(app.ctx(), async (tx) => {
      if (RESOLVED.has(name))
        await tx.execute(
          `UPDATE request SET state = 'resolved', resolvedAt = ?, reopenUntil = ? WHERE id = ?`,
          [now, now + 86_400_000, requestId],
        )
      if (RESTORED.has(name))
        await tx.execute("UPDATE notice SET state = 'restored', restoredAt = ? WHERE id = ?", [now, noticeId])
      if (CLOSED.has(name))
        await tx.execute(
          "UPDATE conversation SET state = 'closed', openKey = NULL, closedAt = ?, version = version + 1 WHERE id = ?",
          [now, conversationId],
        )
    })
    return somebody
  }

  /** A conversation of theirs with something that they said. */
  const buildTalk = async (ctx: Ctx, residentId: string) => {
    const agentId = ctx.ids.next()
    const at = { companyId: 'gas', areaPath: '', agentId, residentId }
    const { conversationId } = await buildChat(app, at)
    const clientId = `said-${ctx.ids.next()}`
    const content = { kind: 'text', text: '不热' } as const
    const { message } = await sendMessage(ctx, { conversationId, clientId, content })
    return { conversationId, messageId: message.id }
  }

  const buildHold = async (residentId: string): Promise<{ slotId: string; holdId: string }> => {
    const { ids } = app.ctx()
    const [slotId, holdId, now] = [ids.next(), ids.next(), app.clock.now()]
    await inTransaction(app.ctx(), async (tx) => {
      const span = { fromMinute: 540, toMinute: 660, startsAt: now + 86_400_000, endsAt: now + 93_600_000 }
      const team = { companyId: 'heating', teamId: ids.next(), day: '2026-11-23' }
      await tx.insert(visitSlotTable, { id: slotId, ...team, ...span, capacity: 9, used: 1 })
      await tx.insert(visitBookingTable, {
        id: holdId,
        slotId,
        companyId: 'heating',
        holderId: residentId,
        residentId,
        typeId: 'cold',
        state: 'held',
        heldUntil: now + 600_000,
        requestId: null,
        requestNumber: null,
        activeRequestId: null,
        holdSlot: 1,
        bookedAt: null,
        remindAt: null,
        createdAt: now,
      })
    })
    return { slotId, holdId }
  }

  const TABLES = [
    'household',
    'binding',
    'bill',
    'payment',
    'request',
    'request_step',
    'stored_file',
    'visit_booking',
    'conversation',
    'chat_message',
    'heat_case',
    'heat_supply',
    'family_invite',
    'family_proxy',
    'meter_reading',
    'outlet_ticket',
    'invoice',
    'invoice_title',
    'privacy_copy',
    'privacy_closure',
  ]
  const outcomeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'answered',
      // A bill of these tests has no parts to explain; whoever gets that far was let in.
      (error: unknown) => (error instanceof AppError ? error.code : 'let in'),
    )

  test('there is something to test, and every id of every operation is either owned or named as shared', () => {
    expect(cases.length).toBeGreaterThan(25)
    const shared = Object.keys(SHARED).map((key) => key.split(' ')[0])
    const names = new Set(routes.map((route) => route.name))
    expect(shared.filter((name) => !names.has(name ?? ''))).toEqual([])
  })

  test.each(cases)(
    '%s: another’s %s is like one that does not exist, and mine is not',
    async (name, field, route) => {
      const other = await otherFor(name)
      const me = await prepare(name, await buildSomebody(idFieldsOf(route.operation.input)))
      const before = await rowsNaming(app, TABLES, Object.values(other.owns))
      const attempt = (id: string): Promise<string> => {
        const idFor = (asked: string): string => {
          const own = me.owns[asked]
          if (own === undefined)
            throw new Error(`Nobody in this test owns a ${asked}: build one, or say why it is shared.`)
          return asked === field ? id : own
        }
        const input = route.operation.input.parse(sampleInput(route.operation.input, idFor))
        return outcomeOf(route.handle(me.ctx, input, noEdge))
      }
      const foreign = await attempt(other.owns[field] ?? NOTHING_LIKE_IT)
      const unknown = await attempt(NOTHING_LIKE_IT)
      const mine = await attempt(me.owns[field] ?? NOTHING_LIKE_IT)
      const isAlike = ALIKE[`${name} ${field}`] !== undefined
      expect({ foreign, differs: mine !== foreign }).toEqual({ foreign: unknown, differs: !isAlike })
      expect(!isAlike && ['answered', 'let in'].includes(foreign)).toBe(false)
      expect(await rowsNaming(app, TABLES, Object.values(other.owns))).toEqual(before)
    },
  )

  test.each(
    routes
      .filter((route) => route.operation.method === 'GET')
      .filter((route) => idFieldsOf(route.operation.input).length === 0)
      .map((route) => [route.name, route] as const),
  )('%s: nothing of anybody else is in the answer', async (name, route) => {
    const [me, other] = [await buildSomebody(), await otherFor(name)]
    const input = route.operation.input.parse(sampleInput(route.operation.input, () => NOTHING_LIKE_IT))
    const answer = JSON.stringify(await route.handle(me.ctx, input, noEdge))
    const foreign = Object.values(other.owns).filter((id) => answer.includes(id))
    expect(foreign).toEqual([])
  })

  test.each(cases.filter(([, , { operation }]) => operation.auth === 'person'))(
    '%s: a resident’s %s is like one that does not exist for somebody at work, too',
    async (name, field, route) => {
      const other = await otherFor(name)
      const staff = app.asStaff(app.ctx().ids.next())
      const attempt = (id: string): Promise<string> => {
        const input = route.operation.input.parse(sampleInput(route.operation.input, () => id))
        return outcomeOf(route.handle(staff, input, noEdge))
      }
      const foreign = await attempt(other.owns[field] ?? NOTHING_LIKE_IT)
      expect(foreign).toBe(await attempt(NOTHING_LIKE_IT))
      expect(foreign).not.toBe('answered')
    },
  )
})

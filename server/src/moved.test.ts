import { DAY_MS } from './core/clock'
import { inTransaction } from './core/db/database'
import { features } from './features'
import { addCredits } from './features/billing'
import { importRunTable } from './features/billing/entities'
import { catalogueVersionTable } from './features/catalogue/entities'
import { sendMessage } from './features/chat/send-message'
import { handOver } from './features/households'
import { bindingTable } from './features/households/entities'
import { startPayment } from './features/payments/start-payment'
import { createRequest } from './features/requests/create-request'
import { newRequest, TEST_CATALOGUE } from './features/requests/test-catalogue'
import { usageDayTable } from './features/usage/entities'
import type { Ctx } from './platforms/context'
import { buildChat } from './testing/build-chat'
import { buildHeat } from './testing/build-heat'
import { buildReading } from './testing/build-reading'
import { buildBill, buildHousehold, buildResident } from './testing/factories'
import { FakeWallet } from './testing/fake-wallet'
import { eachEngine, startApp, type TestApp } from './testing/harness'
import { buildReadyFile } from './testing/ready-file'
import { idFieldsOf, sampleInput } from './testing/sample-input'

/**
 * 过户 (field.md T9, DG #1100). Generated from the route table: a household changed hands, both people have left things
 * of every kind behind, and each operation is asked by the one with all ids of the other. Nothing of the other's time
 * may be in any answer, and nothing of it may change.
 */
const routes = features
  .flatMap((feature) => feature.routes)
  .filter(({ operation }) => operation.auth === 'resident' || operation.auth === 'person')

const NOW = Date.UTC(2026, 10, 22, 2, 0, 0)
const NOTHING_LIKE_IT = '01J9ZZZZZZZZZZZZZZZZZZZZZZ'
const noEdge = { cookie: () => null, setCookie: () => undefined }

/** What the export says of a heated home, so that a bill can be explained to whoever may see it. */
const FEE = {
  basis: 'area',
  area: '144.64',
  price: '25.00',
  supplyState: '正常用热',
  share: null,
  grossFen: 361_600,
  reductionFen: 0,
  receivedFen: 0,
  lateFeeFen: 1808,
}

interface Side {
  readonly ctx: Ctx
  readonly id: string
  /** By the name under which inputs take them. */
  readonly owns: Readonly<Record<string, string>>
  /** What no answer to the other may hold. */
  readonly marks: readonly string[]
}

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    const now = (): number => app.clock.now()
    const payments = { wechat: new FakeWallet('wechat', now), alipay: new FakeWallet('alipay', now) }
    app = await startApp({ engine, platforms: { payments } })
    // Without an import nobody knows what is owed, and nothing would be shown of it.
    await inTransaction(app.ctx(), (tx) =>
      tx.insert(importRunTable, {
        id: app.ctx().ids.next(),
        companyId: 'heating',
        fileSha: 'a',
        rulesSha: 'b',
        fileName: 'bills.csv',
        state: 'done',
        nextRecord: 1,
        created: 0,
        updated: 0,
        unchanged: 0,
        untouched: 0,
        report: '{}',
        startedAt: NOW - 2 * DAY_MS - 1000,
        finishedAt: NOW - 2 * DAY_MS,
      }),
    )
    await inTransaction(app.ctx(), (tx) =>
      tx.insert(catalogueVersionTable, {
        companyId: 'heating',
        version: 1,
        body: JSON.stringify(TEST_CATALOGUE),
        note: '测试',
        byId: null,
        byName: null,
        createdAt: NOW,
      }),
    )
  })
  afterAll(() => app.close())

  /** Things of every kind that somebody leaves behind in a household at the clock's time. */
  const leave = async (
    residentId: string,
    household: { id: string; accountNo: string },
    mark: string,
    periods: {
      readonly season: string
      readonly month: string
      readonly service: string
      readonly day: string
    },
  ): Promise<Side> => {
    const ctx = app.asResident(residentId)
    const householdId = household.id
    const home = { companyId: 'heating', householdId, residentId, areaPath: '' }
    const facts = { state: 'paid' as const, title: `账单${mark}`, detail: JSON.stringify(FEE) }
    const bill = await buildBill(app, household, { period: periods.season, ...facts })
    const month = await buildBill(app, household, { period: periods.month, ...facts })
    const due = await buildBill(app, household, {
      period: periods.service,
      title: `上门${mark}`,
      detail: facts.detail,
    })
    const { payment } = await startPayment(ctx, {
      clientId: `client-${ctx.ids.next()}`,
      billIds: [due.id],
      product: 'wechat-mini',
      shownTotalFen: due.amountFen,
    })
    const { row: request } = await inTransaction(ctx, (tx) =>
      createRequest(tx, ctx, newRequest({ residentId, householdId, words: `诉求${mark}` })),
    )
    // What was open is out of the way; the meter stays the same, so that both have read it.
    const old = await makeRoom(householdId)
    const readingId = await buildReading(app, home)
    await inTransaction(ctx, (tx) =>
      tx.execute(
        'UPDATE meter_reading SET meterId = (SELECT id FROM meter WHERE householdId = ?), activeSlot = NULL WHERE id = ?',
        [householdId, old],
      ),
    )
    const heat = await buildHeat(app, home)
    const conversation = await buildChat(app, {
      companyId: 'gas',
      areaPath: '',
      agentId: ctx.ids.next(),
      residentId,
    })
    const { message } = await sendMessage(ctx, {
      conversationId: conversation.conversationId,
      clientId: `said-${ctx.ids.next()}`,
      content: { kind: 'text', text: `聊天${mark}` },
    })
    await inTransaction(ctx, async (tx) => {
      await tx.insert(usageDayTable, {
        householdId,
        day: periods.day,
        quantityMilli: mark === 'MARKOLD' ? 7_654_000 : 4_567_000,
        importedAt: ctx.clock.now(),
      })
      await addCredits(tx, [
        {
          id: ctx.ids.next(),
          householdId,
          companyId: 'heating',
          paymentId: payment.id,
          amountFen: mark === 'MARKOLD' ? 98_765 : 56_789,
          createdAt: ctx.clock.now(),
        },
      ])
    })
    const owns = {
      billId: bill.id,
      billIds: due.id,
      id: bill.id,
      paymentId: payment.id,
      requestId: request.id,
      readingId,
      ...heat,
      conversationId: conversation.conversationId,
      messageId: message.id,
      fileId: await buildReadyFile(app, { kind: 'resident', id: residentId }),
    }
    const figures = mark === 'MARKOLD' ? ['7654', '98765'] : ['4567"', '56789']
    return { ctx, id: residentId, owns, marks: [mark, month.id, ...Object.values(owns), ...figures] }
  }

  /** Answers the reading that was there. */
  const makeRoom = async (householdId: string): Promise<string> => {
    const [reading] = await app
      .ctx()
      .db.reader.query<{ id: string }>('SELECT id FROM meter_reading WHERE householdId = ?', [householdId])
    await inTransaction(app.ctx(), async (tx) => {
      for (const table of ['heat_case', 'heat_supply'])
        await tx.execute(`UPDATE ${table} SET openSlot = NULL WHERE householdId = ?`, [householdId])
      await tx.execute('DELETE FROM meter WHERE householdId = ?', [householdId])
    })
    return reading?.id ?? ''
  }

  const bind = (residentId: string, householdId: string): Promise<void> =>
    inTransaction(app.ctx(), (tx) =>
      tx.insert(bindingTable, {
        id: app.ctx().ids.next(),
        residentId,
        householdId,
        role: 'owner',
        isDefault: 1,
        boundAt: app.clock.now(),
        unboundAt: null,
        proof: 'code',
        endedBy: null,
        activeSlot: 1,
      }),
    )

  const buildMove = async (): Promise<{ household: { id: string }; out: Side; into: Side }> => {
    app.clock.set(NOW - 2 * DAY_MS)
    const [former, next] = [await buildResident(app), await buildResident(app)]
    const household = await buildHousehold(app, { members: [former.id] })
    const before = { season: '2025-2026', month: '2026-10', service: '2026-11S1', day: '2026-11-19' }
    const out = await leave(former.id, household, 'MARKOLD', before)
    app.clock.set(NOW)
    await inTransaction(app.ctx(), (tx) =>
      handOver(tx, app.ctx(), {
        householdId: household.id,
        kind: 'transfer',
        effectiveAt: NOW - DAY_MS,
        source: 'staff',
        byStaff: null,
        note: '',
        kept: [],
      }),
    )
    await bind(next.id, household.id)
    const after = { season: '2026-2027', month: '2026-11', service: '2026-11S2', day: '2026-11-21' }
    return { household, out, into: await leave(next.id, household, 'MARKNEW', after) }
  }

  const TABLES = ['bill', 'payment', 'request', 'meter_reading', 'heat_case', 'heat_supply', 'chat_message']
  const stateOf = async ({ owns }: Side): Promise<string[]> => {
    const ids = new Set(Object.values(owns))
    const kept: string[] = []
    for (const table of TABLES) {
      const rows = await app.ctx().db.reader.query<Record<string, unknown>>(`SELECT * FROM ${table}`)
      kept.push(...rows.filter((row) => ids.has(String(row['id']))).map((row) => JSON.stringify(row)))
    }
    return kept.sort()
  }

  let shared: ReturnType<typeof buildMove> | undefined
  test.each(routes.map((route) => [route.name, route] as const))(
    '%s: whoever moved out and whoever moved in know nothing of each other',
    async (_, route) => {
      // Reads change nothing, so one world does for all of them. Two that are built at once would set each other's clock.
      const world = route.operation.method === 'GET' ? (shared ??= buildMove()) : buildMove()
      const { household, out, into } = await world
      const takesIds = idFieldsOf(route.operation.input).length > 0
      for (const [me, other] of [
        [out, into],
        [into, out],
      ] as const) {
        const before = await stateOf(other)
        const idFor = (field: string): string =>
          field === 'householdId' || field === 'householdIds'
            ? household.id
            : (other.owns[field] ?? NOTHING_LIKE_IT)
        const input = route.operation.input.parse(
          sampleInput(route.operation.input, takesIds ? idFor : () => ''),
        )
        const answer = await route.handle(me.ctx, input, noEdge).then(
          (value) => JSON.stringify(value) ?? '',
          () => '',
        )
        expect(other.marks.filter((mark) => answer.includes(mark))).toEqual([])
        expect(await stateOf(other)).toEqual(before)
      }
    },
  )

  test('the world of this test is one in which each sees what is theirs', async () => {
    const { household, out, into } = await buildMove()
    const read = async (name: string, who: Side, input: object): Promise<string> => {
      const route = routes.find((one) => one.name === name)
      if (!route) throw new Error(`no ${name}`)
      return JSON.stringify(await route.handle(who.ctx, route.operation.input.parse(input), noEdge))
    }
    const householdId = household.id
    const bills = await read('bills.list', into, { householdId })
    expect(bills).toContain('MARKNEW')
    expect(await read('bills.owed', into, {})).toContain('MARKNEW')
    expect(await read('bills.owed', into, {})).toContain('56789')
    expect(await read('heating.mine', into, {})).toContain(into.owns['caseId'])
    expect(await read('readings.get', into, { readingId: into.owns['readingId'] })).toContain('4036')
    // Whoever moved out still sees what they owe, may pay it, and keeps what they paid and asked.
    expect(await read('bills.owed', out, {})).toContain(out.owns['billIds'])
    expect(await read('bills.get', out, { billId: out.owns['billIds'] })).toContain('MARKOLD')
    expect(await read('payments.list', out, {})).toContain(out.owns['paymentId'])
    expect(await read('requests.list', out, { show: 'all' })).toContain(out.owns['requestId'])
    await expect(read('bills.list', out, { householdId })).rejects.toMatchObject({ code: 'not_found' })
    const [row] = await app
      .ctx()
      .db.reader.query<{ n: number }>(
        'SELECT COUNT(*) AS n FROM binding WHERE residentId = ? AND activeSlot = 1',
        [out.id],
      )
    expect(Number(row?.n)).toBe(0)
  })
})

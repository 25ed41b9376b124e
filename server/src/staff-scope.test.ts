import type { SignedInStaff } from './core/context'
import { inTransaction } from './core/db/database'
import { AppError } from './core/errors'
import { features } from './features'
import { catalogueVersionTable } from './features/catalogue/entities'
import { areaTable } from './features/households/entities'
import { buildNotice } from './features/notices/fan-out.fixture'
import { permissions } from './features/staff/permissions'
import { residentActor } from './features/requests/actor'
import { createRequest } from './features/requests/create-request'
import { newRequest, TEST_CATALOGUE } from './features/requests/test-catalogue'
import { buildAtWork } from './testing/at-work'
import { buildExport, buildHold, buildKnowledge, buildSuggestion, buildTeam } from './testing/build-at-desk'
import { buildCall } from './testing/build-call'
import { buildReading } from './testing/build-reading'
import { buildChat } from './testing/build-chat'
import { buildFamilyOf } from './testing/build-family'
import { buildCodes } from './testing/build-codes'
import { buildHeat } from './testing/build-heat'
import { buildInvoice } from './testing/build-invoice'
import { buildOutlet } from './testing/build-outlet'
import { buildHousehold, buildResident } from './testing/factories'
import { eachEngine, startApp, type TestApp } from './testing/harness'
import { buildReadyFile } from './testing/ready-file'
import { buildTroubles } from './testing/build-troubles'
import { rowsNaming } from './testing/rows-naming'
import { idFieldsOf, sampleInput } from './testing/sample-input'
import type { Ctx } from './platforms/context'

/**
 * Scopes hold on the server (security.md 8.4.1, issue 3 section 5). Generated from the route table: every operation of
 * people at work and every id that its input takes. What lies outside my companies or areas, or belongs to somebody
 * else, is answered exactly as what does not exist, and does not change.
 */
const table: Readonly<Record<string, readonly string[]>> = permissions
const routes = features
  .flatMap((feature) => feature.routes)
  .filter(({ operation }) => operation.auth === 'staff' || operation.auth === 'worker')

/** Ids that are no way to anybody's rows, with the reason. */
const NOT_SCOPED: Readonly<Record<string, string>> = {
  'desk.list teamId': 'a filter over rows that are in scope anyway',
  'desk.list assigneeId': 'a filter over rows that are in scope anyway',
  'desk.list areaId': 'a filter over rows that are in scope anyway',
  'desk.list noticeId': 'a filter over rows that are in scope anyway',
  'troubles.list cursor': 'a place in a list of rows that are in scope anyway',
  'areas.list parentId': 'the tree of places is public',
  'notices.areas parentId':
    'the tree of places is public; what is below it is shown as far as it is in my areas',
  'notices.testSend staffIds': 'colleagues; accounts are kept for the whole portal',
  'staff.list teamId': 'a filter; accounts are kept for the whole portal',
  'staff.create teamId': 'accounts are kept for the whole portal',
  'staff.create areaIds': 'accounts are kept for the whole portal',
  'staff.update staffId': 'accounts are kept for the whole portal',
  'staff.update teamId': 'accounts are kept for the whole portal',
  'staff.update areaIds': 'accounts are kept for the whole portal',
  'staff.setState staffId': 'accounts are kept for the whole portal',
  'staff.resetPassword staffId': 'accounts are kept for the whole portal',
  'teams.save areaIds': 'the tree of places is public',
  'teams.save leadId': 'whom a team follows; accounts are kept for the whole portal',
  'knowledge.save ownerId': 'accounts are kept for the whole portal',
  'privacyDesk.readRetention runId': 'a run goes through the whole portal and names nobody',
  'replies.list requestId': 'its facts fill the variables; those of another request are left open',
}

/** Where the answer tells that something is there, with the reason; it is refused and stays as it is all the same. */
const TOLD: Readonly<Record<string, string>> = {
  'field.sync requestId':
    'an order that was taken off my hands is named as such, so that the telephone can say so',
}

const cases = routes.flatMap((route) =>
  idFieldsOf(route.operation.input)
    .filter((field) => NOT_SCOPED[`${route.name} ${field}`] === undefined)
    .map((field) => [route.name, field, route] as const),
)

const NOTHING_LIKE_IT = '01J9ZZZZZZZZZZZZZZZZZZZZZZ'
const noEdge = { cookie: () => null, setCookie: () => undefined }
/** All of these are requests. */
const REQUESTS = ['requestId', 'requestIds', 'parentId', 'childIds', 'otherId']
/** What has a place, so that an area keeps others from it. */
const PLACED = [
  ...REQUESTS,
  'noticeId',
  'suggestionId',
  'conversationId',
  'reviewId',
  'callId',
  'areaId',
  'codeId',
  'orderId',
  'caseId',
  'supplyId',
  'readingId',
]

/** Whatever may be changed by way of an id. */
const TABLES = [
  'request',
  'request_step',
  'stored_file',
  'staff_team',
  'staff_account',
  'staff_session',
  'visit_slot',
  'visit_booking',
  'desk_export',
  'writeback',
  'refund',
  'payment_exception',
  'article',
  'article_version',
  'article_reader',
  'synonym',
  'call_log',
  'heat_case',
  'heat_supply',
  'household_code',
  'code_order',
  'code_printed_file',
  'invoice',
  'outlet',
  'outlet_ticket',
  'household_handover',
  'family_proxy',
  'binding',
]

eachEngine((engine) => {
  let app: TestApp
  const areas = { mine: '', theirs: '' }
  beforeAll(async () => {
    app = await startApp({ engine })
    areas.mine = app.ctx().ids.next()
    areas.theirs = app.ctx().ids.next()
    await inTransaction(app.ctx(), (tx) =>
      tx.insert(areaTable, [areaRow(areas.mine, 'heating'), areaRow(areas.theirs, 'heating')]),
    )
    await inTransaction(app.ctx(), (tx) =>
      tx.insert(
        catalogueVersionTable,
        ['heating', 'gas'].map((companyId) => ({
          companyId,
          version: 1,
          body: JSON.stringify(TEST_CATALOGUE),
          note: '测试',
          byId: null,
          byName: null,
          createdAt: app.clock.now(),
        })),
      ),
    )
  })
  afterAll(() => app.close())

  const buildRequest = async (companyId: string, areaId: string): Promise<string> => {
    const ctx = app.ctx()
    const { id: residentId } = await buildResident(app)
    return inTransaction(ctx, async (tx) => {
      const { row } = await createRequest(
        tx,
        ctx,
        newRequest({
          companyId,
          residentId,
          by: residentActor(residentId),
          contactName: '张玉',
          contactPhone: '13800138000',
        }),
      )
      await tx.execute('UPDATE request SET areaPath = ? WHERE id = ?', [`${areaId}/`, row.id])
      return row.id
    })
  }
  const areaRow = (id: string, companyId: string) => ({
    id,
    companyId,
    tree: 'place' as const,
    kind: 'community',
    name: id,
    fullName: id,
    parentId: null,
    path: `${id}/`,
    contactSealed: null,
    createdAt: app.clock.now(),
  })
  /** What each builder gives, learnt from its first run: what no input of a case names is not built for it. */
  const given = new Map<string, readonly string[]>()

  /** Whatever this input names, inside the scope of `owner` or outside it. */
  const buildThings = async (
    { companyId, areaId, owner }: { companyId: string; areaId: string; owner: string },
    wanted: readonly string[],
  ): Promise<Readonly<Record<string, string>>> => {
    const teamId = await buildTeam(app, companyId)
    const colleague = await buildAtWork(app, ['worker'], { companies: [companyId], teamId })
    const areaPath = `${areaId}/`
    const home = async () => ({
      companyId,
      areaPath,
      householdId: (await buildHousehold(app, { companyId })).id,
      residentId: (await buildResident(app)).id,
    })
    const builders: Readonly<Record<string, () => Promise<object>>> = {
      requests: async () => {
        const ids = await Promise.all(REQUESTS.map(() => buildRequest(companyId, areaId)))
        const [step] = await app
          .ctx()
          .db.reader.query<{ id: string }>('SELECT id FROM request_step WHERE requestId = ?', [ids[0] ?? ''])
        const named = Object.fromEntries(REQUESTS.map((name, index) => [name, ids[index] ?? '']))
        return { ...named, stepId: step?.id ?? '' }
      },
      household: async () => ({ householdId: (await buildHousehold(app, { companyId })).id }),
      file: async () => ({ fileId: await buildReadyFile(app, { kind: 'staff', id: owner }) }),
      files: async () => ({ fileIds: await buildReadyFile(app, { kind: 'staff', id: owner }) }),
      hold: () => buildHold(app, companyId, teamId, owner),
      export: async () => ({ exportId: await buildExport(app, companyId, owner) }),
      troubles: () => buildTroubles(app, companyId),
      knowledge: () => buildKnowledge(app, companyId),
      notice: async () => {
        const row = { companyId, state: 'draft' } as const
        return { noticeId: (await buildNotice(app, { areas: [areaRow(areaId, companyId)], row })).id }
      },
      suggestion: async () => ({ suggestionId: await buildSuggestion(app, companyId, areaId) }),
      chat: () => buildChat(app, { companyId, areaPath, agentId: owner }),
      reading: async () => ({ readingId: await buildReading(app, await home()) }),
      heat: async () => buildHeat(app, await home()),
      codes: () => buildCodes(app, { companyId, areaPath }),
      invoice: async () => buildInvoice(app, { companyId, residentId: (await buildResident(app)).id }),
      family: () => buildFamilyOf(app, companyId),
      outlet: async () => buildOutlet(app, { companyId, residentId: (await buildResident(app)).id }),
      call: async () => ({ callId: await buildCall(app, { companyId, areaPath, takenBy: owner }) }),
    }
    const things: Record<string, string> = {
      teamId,
      staffId: colleague.id,
      toStaffId: colleague.id,
      leadId: colleague.id,
      ownerId: colleague.id,
      staffIds: colleague.id,
      sessionId: colleague.sessionId,
      areaIds: areaId,
      jobId: NOTHING_LIKE_IT,
      viewId: NOTHING_LIKE_IT,
      templateId: NOTHING_LIKE_IT,
    }
    for (const [name, build] of Object.entries(builders)) {
      if (given.get(name)?.some((key) => wanted.includes(key)) === false) continue
      const built = await build()
      given.set(name, Object.keys(built))
      Object.assign(things, built)
    }
    return things
  }

  const outcomeOf = (work: Promise<unknown>, id: string): Promise<string> =>
    work.then(
      (answer) => JSON.stringify(answer).replaceAll(id, 'the id'),
      (error: unknown) => (error instanceof AppError ? error.code : 'let in'),
    )
  const scopes: readonly (readonly [string, Partial<SignedInStaff>, 'company' | 'area'])[] = [
    ['another company’s', { companies: ['heating'] }, 'company'],
    ['another area’s', { areaPaths: [] }, 'area'],
  ]

  test('there is something to test, and the exceptions are of operations that exist', () => {
    expect(cases.length).toBeGreaterThan(25)
    const known = new Set(
      routes.flatMap((route) => idFieldsOf(route.operation.input).map((field) => `${route.name} ${field}`)),
    )
    expect(Object.keys(NOT_SCOPED).filter((key) => !known.has(key))).toEqual([])
  })

  test.each(
    cases.flatMap(([name, field, route]) =>
      scopes
        .filter(([, , by]) => by === 'company' || PLACED.includes(field))
        .map(([whose, scope, by]) => [name, whose, field, { route, scope, by }] as const),
    ),
  )('%s: %s %s is like one that does not exist', async (name, _, field, { route, scope, by }) => {
    const me = app.ctx().ids.next()
    const roles = table[name]?.slice(-1) ?? []
    const areaPaths = by === 'area' ? [`${areas.mine}/`] : null
    const ctx: Ctx = { ...app.asResident(me), staff: app.asStaff(me, { ...scope, roles, areaPaths }).staff }
    const wanted = idFieldsOf(route.operation.input)
    const own = await buildThings({ companyId: 'heating', areaId: areas.mine, owner: me }, wanted)
    const elsewhere =
      by === 'company'
        ? { companyId: 'gas', areaId: areas.mine }
        : { companyId: 'heating', areaId: areas.theirs }
    const foreign = await buildThings({ ...elsewhere, owner: app.ctx().ids.next() }, [field])
    const before = await rowsNaming(app, TABLES, Object.values(foreign))
    const attempt = (id: string): Promise<string> => {
      const idFor = (asked: string): string => {
        const mine = own[asked]
        if (mine === undefined)
          throw new Error(`No ${asked} is built here: build one, or say why it is not scoped.`)
        return asked === field ? id : mine
      }
      const input = route.operation.input.parse(sampleInput(route.operation.input, idFor))
      return outcomeOf(route.handle(ctx, input, noEdge), id)
    }
    const id = foreign[field] ?? NOTHING_LIKE_IT
    const [there, nowhere] = [await attempt(id), await attempt(NOTHING_LIKE_IT)]
    const isTold = TOLD[`${name} ${field}`] !== undefined
    expect(isTold ? there.includes('"refused"') : there).toBe(isTold ? true : nowhere)
    expect(await rowsNaming(app, TABLES, Object.values(foreign))).toEqual(before)
  })

  // These requests have no checklist, so every line of it is missing.
  const onOne = cases.filter(([name, field]) => field === 'requestId' && /^desk\.(?!check)/.test(name))
  test.each(onOne)('%s: a %s inside my scope is found', async (name, field, route) => {
    const me = app.ctx().ids.next()
    const roles = table[name]?.slice(-1) ?? []
    const ctx = app.asStaff(me, { companies: ['heating'], areaPaths: [`${areas.mine}/`], roles })
    const wanted = idFieldsOf(route.operation.input)
    const own = await buildThings({ companyId: 'heating', areaId: areas.mine, owner: me }, wanted)
    const input = sampleInput(route.operation.input, (asked) => own[asked] ?? NOTHING_LIKE_IT)
    const outcome = await outcomeOf(
      route.handle(ctx, route.operation.input.parse(input), noEdge),
      own[field] ?? '',
    )
    expect(outcome).not.toBe('not_found')
  })
})

import { inTransaction } from '../../core/db/database'
import type { AuditRow } from '../../core/audit'
import type { Ctx } from '../../platforms/context'
import { type AtWork, buildAtWork } from '../../testing/at-work'
import { buildResident } from '../../testing/factories'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { doorsInOrder } from '../households'
import { facts } from '../households/households.fixture'
import { saveImportedHouseholds } from '../households/save-imported-households'
import { paymentTable, type PaymentRow } from '../payments/entities'
import { codeUrl } from './code-token'
import type { HouseholdCodeRow } from './entities'
import { countCodes } from './count-codes'
import { getCode } from './get-code'
import { listCodes } from './list-codes'
import { makeMissing } from './make-missing'
import { openCode } from './open-code'
import { revokeArea } from './revoke-area'
import { revokeCode } from './revoke-code'

const KEEPER = '01JDKEEPR0000000000000000K'

eachEngine((engine) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp({ engine })
    const homes = [
      ['松海园', '2号楼', '101', '黄丽'],
      ['松海园', '2号楼', '102', '李小明'],
      ['松海园', '10号楼', '101', '张伟'],
      ['安居里', '1号楼', '7', '王芳'],
    ] as const
    await inTransaction(app.ctx(), (tx) =>
      saveImportedHouseholds(
        tx,
        app.ctx(),
        'gas',
        new Map(
          homes.map(([community, building, room, ownerName], index) => [
            String(5_000_000_000 + index),
            facts({ ownerName, place: { district: null, community, building, unit: null, room } }),
          ]),
        ),
        new Map(),
      ),
    )
  })
  afterAll(() => app.close())
  // Each test stands for itself: no code is left of the one before.
  beforeEach(() =>
    inTransaction(app.ctx(), async (tx) => {
      await tx.execute('DELETE FROM household_code')
      await tx.execute('DELETE FROM code_scan')
    }),
  )

  const staff = (how = {}): Ctx => app.asStaff(KEEPER, how)
  const doors = async () =>
    (await doorsInOrder(app.ctx().db.reader, { companyId: 'gas', areaId: null, after: null, limit: 10 }))
      .doors
  const makeAll = async (): Promise<void> => {
    await makeMissing(staff(), { companyId: 'gas' })
    await app.runJobs()
  }
  const list = (how: object = {}, ctx = staff()) =>
    listCodes(ctx, { companyId: 'gas', show: 'all', limit: 20, ...how })
  const rowOf = async (codeId: string): Promise<HouseholdCodeRow> => {
    const rows = await app
      .ctx()
      .db.reader.query<HouseholdCodeRow>('SELECT * FROM household_code WHERE id = ?', [codeId])
    if (!rows[0]) throw new Error('there is no such code')
    return rows[0]
  }
  const tokenOf = async (codeId: string): Promise<string> =>
    codeUrl(app.ctx(), await rowOf(codeId))
      .split('/')
      .at(-1) ?? ''
  const newestId = async (householdId: string): Promise<string> =>
    (await getCode(staff(), { householdId })).codes[0]?.id ?? ''

  const get = (who: AtWork, name: string, input: Record<string, string>): Promise<Response> =>
    fetch(`${app.url}/api/${name}?${new URLSearchParams(input).toString()}`, { headers: who.headers })
  const post = (who: AtWork, name: string, input: object): Promise<Response> =>
    fetch(`${app.url}/api/${name}`, { method: 'POST', headers: who.headers, body: JSON.stringify(input) })

  test('households stand in the order of their doors, masked, with what hangs there; filters and pages hold together', async () => {
    const [seven, first, second, third] = await doors()
    await makeMissing(staff(), { companyId: 'gas', householdId: first?.id ?? '' })
    await makeMissing(staff(), { companyId: 'gas', householdId: second?.id ?? '' })
    await revokeCode(staff(), { codeId: await newestId(second?.id ?? ''), why: 'lost', renew: false })
    const all = await list()
    expect(all.items.map(({ householdId }) => householdId)).toEqual(
      [seven, first, second, third].map((d) => d?.id),
    )
    expect(all.items.map(({ code }) => code?.state ?? null)).toEqual([null, 'active', 'revoked', null])
    expect(all.items[1]?.ownerNameMasked).toBe('*丽')
    expect(JSON.stringify(all)).not.toMatch(/5000000|黄丽|李小明|2号楼/)
    const ids = async (show: string): Promise<(string | undefined)[]> =>
      (await list({ show })).items.map(({ householdId }) => householdId)
    expect(await ids('none')).toEqual([seven?.id, third?.id])
    expect(await ids('active')).toEqual([first?.id])
    expect(await ids('revoked')).toEqual([second?.id])
    const paged: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await list({ show: 'none', limit: 1, ...(cursor !== undefined && { cursor }) })
      paged.push(...page.items.map(({ householdId }) => householdId))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(paged).toEqual([seven?.id, third?.id])
    expect(await countCodes(staff(), { companyId: 'gas' })).toEqual({
      households: 4,
      withCode: 1,
      revoked: 1,
    })
    const building = second?.areaId ?? ''
    expect(await countCodes(staff(), { companyId: 'gas', areaId: building })).toEqual({
      households: 2,
      withCode: 1,
      revoked: 1,
    })
  })

  test('a household is found by account number, by address, and by the number on its sticker', async () => {
    const [, first] = await doors()
    await makeMissing(staff(), { companyId: 'gas', householdId: first?.id ?? '' })
    const [row] = (await list({ show: 'active' })).items
    for (const q of [
      '5000000000',
      '松海园 2-101',
      row?.code?.number ?? '',
      row?.code?.number.replace('-', '').toLowerCase() ?? '',
    ])
      expect((await list({ q })).items.map(({ householdId }) => householdId)).toEqual([first?.id])
    const elsewhere = (await doors())[0]?.areaPath ?? ''
    const others = staff({ areaPaths: [`${elsewhere.split('/')[0]}/`] })
    expect((await list({ q: row?.code?.number ?? '' }, others)).items).toEqual([])
  })

  test('a cursor of another company or place is no way into it', async () => {
    const [seven, first] = await doors()
    const [theirs = ''] = seven?.areaPath.split('/') ?? []
    const [mine = ''] = first?.areaPath.split('/') ?? []
    const cursor = `${seven?.areaId}.${seven?.id}`
    await expect(list({ areaId: mine, cursor })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(list({ companyId: 'heating', cursor })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(list({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid_input' })
    const page = await list({ areaId: theirs, cursor })
    expect(page.items).toEqual([])
  })

  test('revoking ends at once: the old sticker says why, and the next code works from the same moment', async () => {
    const [, first] = await doors()
    await makeAll()
    const codeId = await newestId(first?.id ?? '')
    const token = await tokenOf(codeId)
    const { code } = await revokeCode(staff(), { codeId, why: 'misused', renew: true })
    expect(code).toMatchObject({ state: 'active', serial: 2 })
    expect(await openCode(app.ctx(), { token }, 'a-device')).toMatchObject({
      state: 'revoked',
      why: '原码被人误用',
    })
    expect(await openCode(app.ctx(), { token: await tokenOf(code?.id ?? '') }, 'a-device')).toMatchObject({
      state: 'active',
    })
    await expect(revokeCode(staff(), { codeId, why: 'misused', renew: true })).rejects.toMatchObject({
      code: 'code_revoked',
    })
    const { codes } = await getCode(staff(), { householdId: first?.id ?? '' })
    expect(codes.map(({ serial, state, why }) => [serial, state, why])).toEqual([
      [2, 'active', null],
      [1, 'revoked', 'misused'],
    ])
  })

  test('a building’s codes are revoked together, and no more than a building', async () => {
    const [, first, second, third] = await doors()
    await makeAll()
    const [community = ''] = first?.areaPath.split('/') ?? []
    const input = { companyId: 'gas', why: 'replaced' as const, renew: true }
    await expect(revokeArea(staff(), { ...input, areaId: community })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    const old = await tokenOf(await newestId(second?.id ?? ''))
    expect(await revokeArea(staff(), { ...input, areaId: first?.areaId ?? '' })).toEqual({
      revoked: 2,
      made: 2,
    })
    expect(await openCode(app.ctx(), { token: old }, 'a-device')).toMatchObject({ state: 'revoked' })
    expect((await getCode(staff(), { householdId: third?.id ?? '' })).codes).toHaveLength(1)
    expect(await revokeArea(staff(), { ...input, renew: false, areaId: first?.areaId ?? '' })).toEqual({
      revoked: 2,
      made: 0,
    })
    const others = staff({ areaPaths: [`${third?.areaId}/`] })
    await expect(revokeArea(others, { ...input, areaId: first?.areaId ?? '' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(
      revokeCode(others, { codeId: await newestId(second?.id ?? ''), why: 'lost', renew: false }),
    ).rejects.toMatchObject({ code: 'not_found' })
    await expect(getCode(others, { householdId: second?.id ?? '' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('scans per day and what was paid by a code are its own', async () => {
    const [, first, second] = await doors()
    await makeAll()
    const codeId = await newestId(first?.id ?? '')
    const token = await tokenOf(codeId)
    await openCode(app.ctx(), { token }, 'a-device')
    await openCode(app.ctx(), { token }, 'a-device')
    app.clock.advance(86_400_000)
    await openCode(app.ctx(), { token }, 'a-device')
    const { id: residentId } = await buildResident(app)
    const payment = (orderNo: string, state: string): PaymentRow => ({
      id: app.ctx().ids.next(),
      orderNo,
      residentId,
      clientId: orderNo,
      inputHash: '',
      channel: 'wechat',
      product: 'wechat-mini',
      merchantKey: 'gas',
      merchantId: 'm',
      appId: 'a',
      payerIdType: null,
      payerSealed: null,
      amountFen: 12_345,
      description: '燃气费',
      state,
      handle: null,
      handleExpiresAt: null,
      expiresAt: 0,
      createdAt: 0,
      paidAt: null,
      tradeNo: orderNo,
      payerAmountFen: null,
      checks: 0,
      nextCheckAt: null,
      codeId,
    })
    await inTransaction(app.ctx(), (tx) =>
      tx.insert(paymentTable, [payment('A1', 'paid'), payment('A2', 'paid'), payment('A3', 'closed')]),
    )
    const { codes, days } = await getCode(staff(), { householdId: first?.id ?? '' })
    expect(codes[0]?.used).toEqual({ scans: 3, payments: 2, paidFen: 24_690 })
    expect(days.map(({ scans }) => scans)).toEqual([2, 1])
    expect((await getCode(staff(), { householdId: second?.id ?? '' })).codes[0]?.used).toEqual({
      scans: 0,
      payments: 0,
      paidFen: 0,
    })
    app.clock.advance(30 * 86_400_000)
    expect((await getCode(staff(), { householdId: first?.id ?? '' })).days).toEqual([])
  })

  test('agents look and revoke one; making, printing and whole buildings are the publisher’s; each act is audited', async () => {
    const [, first] = await doors()
    await makeAll()
    const agent = await buildAtWork(app, ['agent'], { companies: ['gas'] })
    const publisher = await buildAtWork(app, ['publisher'], { companies: ['gas'] })
    const clientId = (name: string): string => `${name}-0123456789abcdef`
    expect((await get(agent, 'codeDesk.list', { companyId: 'gas' })).status).toBe(200)
    const make = { clientId: clientId('make'), companyId: 'gas', areaId: first?.areaId ?? '' }
    expect((await post(agent, 'codeDesk.make', make)).status).toBe(403)
    expect((await post(publisher, 'codeDesk.make', make)).status).toBe(200)
    const revoke = {
      clientId: clientId('revoke'),
      codeId: await newestId(first?.id ?? ''),
      why: 'lost',
      renew: true,
    }
    expect((await post(agent, 'codeDesk.revoke', revoke)).status).toBe(200)
    // Sent again it is the same act, not a second one.
    expect((await post(agent, 'codeDesk.revoke', revoke)).status).toBe(200)
    expect((await getCode(staff(), { householdId: first?.id ?? '' })).codes).toHaveLength(2)
    const area = { ...revoke, clientId: clientId('area'), companyId: 'gas', areaId: first?.areaId ?? '' }
    const { codeId: _codeId, ...areaInput } = area
    expect((await post(agent, 'codeDesk.revokeArea', areaInput)).status).toBe(403)
    const rows = await app
      .ctx()
      .db.reader.query<AuditRow>(
        "SELECT * FROM audit_log WHERE action LIKE 'code%' AND actor = ? ORDER BY id",
        [`staff:${agent.id}`],
      )
    const actions = rows.map(({ action }) => action)
    expect(actions).toContain('codeDesk.revoke')
    expect(actions.filter((action) => action === 'codes.revoke')).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toMatch(/松海园|黄丽|5000000/)
  })
})

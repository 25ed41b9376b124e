import { eachEngine } from '../../testing/harness'
import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { catalogueVersionTable } from '../catalogue/entities'
import { catalogueBody } from '../catalogue/schema'
import { inTransaction } from '../../core/db/database'
import { assignRequest } from './assign-request'
import { readMap } from './read-map'
import { readToday } from './read-today'
import { sendPlace } from './send-place'
import { setLocationConsent } from './set-location-consent'
import { setPresence } from './set-presence'
import { suggestWorkers } from './suggest-workers'
import { FieldDesk, outcomeOf } from './test-field-desk'

const SONGHAI = { latE6: 39_034_500, lngE6: 121_771_000 }
/** About 1.2 kilometres to the north. */
const NORTH = { latE6: SONGHAI.latE6 + 11_000, lngE6: SONGHAI.lngE6, accuracyM: 10 }

/** The same context with every statement of its reader counted. */
function counting(ctx: Ctx): { ctx: Ctx; queries: () => number } {
  let count = 0
  const reader: Reader = {
    engine: ctx.db.reader.engine,
    query: (sql, params) => {
      count++
      return ctx.db.reader.query(sql, params)
    },
  }
  const db = {
    engine: ctx.db.engine,
    reader,
    transaction: ctx.db.transaction.bind(ctx.db),
    ping: ctx.db.ping.bind(ctx.db),
    close: ctx.db.close.bind(ctx.db),
  }
  return { ctx: { ...ctx, db }, queries: () => count }
}

eachEngine((engine) => {
  let field: FieldDesk
  beforeEach(async () => {
    field = await FieldDesk.open(engine)
    // The second version asks for a skill; requests are made under it.
    const [first] = await field.desk.rows<{ body: string }>(
      "SELECT body FROM catalogue_version WHERE companyId = 'heating' AND version = 1",
    )
    const body = catalogueBody.parse(JSON.parse(first?.body ?? '{}'))
    const types = body.types.map((type) => (type.id === 'leak' ? { ...type, skill: 'valve' } : type))
    await inTransaction(field.desk.app.ctx(), (tx) =>
      tx.insert(catalogueVersionTable, {
        companyId: 'heating',
        version: 2,
        body: JSON.stringify({ ...body, types, areaPlaces: { 东港区: [39_000_000, 121_700_000] } }),
        note: '测试',
        byId: null,
        byName: null,
        createdAt: 0,
      }),
    )
  })
  afterEach(() => field.close())

  const leak = async (place: { latE6: number; lngE6: number } | null = SONGHAI) => {
    const { id: residentId } = await field.desk.resident()
    const household = await field.desk.household([residentId])
    const made = await field.desk.make({
      typeId: 'leak',
      catalogueVersion: 2,
      householdId: household.id,
      residentId,
      place: place && { ...place, words: '' },
    })
    return field.desk.move(made, 'accept')
  }
  const suggest = async (requestId: string) =>
    (await suggestWorkers(field.dispatcher(), { requestId })).candidates

  test('the one who is online, can do it, has the area and is near stands first, with the reason in words', async () => {
    const request = await leak()
    const [districtId = ''] = request.areaPath.split('/')
    const best = await field.worker('最合适', { skills: ['valve'], areaIds: [districtId] })
    const unskilled = await field.worker('没学过')
    const elsewhere = await field.worker('管别处', {
      skills: ['valve'],
      areaIds: ['01JDE1SEWHERE0000000000000'],
    })
    const away = await field.worker('不在线', { skills: ['valve'], presence: 'offline' })
    await setLocationConsent(field.as(best), { agreed: true })
    for (const n of [1, 2]) {
      const order = await field.taken(best, { typeId: 'other', words: `第${n}单` })
      await field.must(best, order.id, { kind: 'set-out' })
    }
    await sendPlace(field.as(best), NORTH)
    const candidates = await suggest(request.id)
    const order = candidates.map(({ staffId }) => staffId)
    expect(order[0]).toBe(best.id)
    expect(order.indexOf(elsewhere.id)).toBeLessThan(order.indexOf(unskilled.id))
    expect(order.at(-1)).toBe(away.id)
    expect(candidates[0]).toMatchObject({
      name: '最合适',
      teamName: '维修班',
      openOrders: 2,
      hasSkill: true,
      inArea: true,
      reason: '在线 · 会处理漏水 · 负责松海园 · 手上2单 · 约1.2公里',
    })
    expect(candidates.find(({ staffId }) => staffId === away.id)?.reason).toMatch(/^不在线/)
  })

  test('somebody who is at work on site is where that order is', async () => {
    const worker = await field.worker('在现场', { skills: ['valve'] })
    const other = await field.taken(worker, {
      typeId: 'other',
      place: { latE6: NORTH.latE6, lngE6: NORTH.lngE6, words: '' },
    })
    await field.must(worker, other.id, { kind: 'arrive', place: null })
    const [candidate] = await suggest((await leak()).id)
    expect(candidate).toMatchObject({ staffId: worker.id, distanceM: 1223 })
    const { workers } = await readMap(field.dispatcher(), { companyId: 'heating' })
    expect(workers).toMatchObject([{ staffId: worker.id, latE6: NORTH.latE6, openOrders: 1 }])
  })

  test('where a worker is going is shown only to those who may see the order', async () => {
    const worker = await field.worker()
    await setLocationConsent(field.as(worker), { agreed: true })
    const request = await leak()
    await assignRequest(field.dispatcher(), {
      requestId: request.id,
      version: request.version,
      teamId: field.teamId,
      staffId: worker.id,
    })
    await field.must(worker, request.id, { kind: 'set-out' })
    await sendPlace(field.as(worker), NORTH)
    const [districtId = ''] = request.areaPath.split('/')
    const seenBy = async (areaPaths: string[]) => {
      const dispatcher = field.desk.app.asStaff('01JDD1SPATCHER0000000000AA', { areaPaths })
      return (await readMap(dispatcher, { companyId: 'heating' })).workers.map(({ staffId }) => staffId)
    }
    expect(await seenBy([`${districtId}/`])).toEqual([worker.id])
    expect(await seenBy(['01JDE1SEWHERE0000000000000/'])).toEqual([])
    await field.change("UPDATE request SET state = 'on-hold' WHERE id = ?", [request.id])
    expect(await seenBy([`${districtId}/`])).toEqual([])
  })

  test('two hundred workers cost no more queries than two', async () => {
    const request = await leak()
    const ask = async () => {
      const counted = counting(field.dispatcher())
      await suggestWorkers(counted.ctx, { requestId: request.id })
      return counted.queries()
    }
    const few = await ask()
    for (let n = 0; n < 40; n++) {
      const worker = await field.worker(`师傅${n}`)
      if (n % 10 === 0) await field.offered(worker)
    }
    expect(await ask()).toBeLessThanOrEqual(few + 1)
    expect(few).toBeLessThan(12)
    expect(await suggest(request.id)).toHaveLength(30)
  })

  test('a request out of scope has no candidates to show', async () => {
    const request = await leak()
    const elsewhere = field.desk.app.asStaff('01JDD1SPATCHER0000000000AA', { companies: ['gas'] })
    expect(await outcomeOf(suggestWorkers(elsewhere, { requestId: request.id }))).toBe('not_found')
  })

  test('the map has the base, open requests at their point or their area, and no worker who is nowhere', async () => {
    await field.worker()
    const exact = await leak()
    const vague = await leak(null)
    const closed = await leak()
    await field.desk.move(closed, 'cancel', { reason: '重复' })
    const map = await readMap(field.dispatcher(), { companyId: 'heating' })
    expect(map.base.length).toBeGreaterThan(10)
    const shown = new Map(map.requests.map((point) => [point.requestId, point]))
    expect(shown.get(exact.id)).toMatchObject({ ...SONGHAI, exact: 'point', typeName: '漏水', priority: 1 })
    expect(shown.get(exact.id)?.dueAt).toBe(exact.nextDueAt)
    expect(shown.get(vague.id)).toMatchObject({ latE6: 39_000_000, exact: 'area' })
    expect(shown.has(closed.id)).toBe(false)
    expect(map.workers).toEqual([])
    const gasOnly = field.desk.app.asStaff('01JDD1SPATCHER0000000000AA', { companies: ['gas'] })
    expect(await outcomeOf(readMap(gasOnly, { companyId: 'heating' }))).toBe('not_found')
    const nowhere = field.desk.app.asStaff('01JDD1SPATCHER0000000000AA', { areaPaths: ['nowhere/'] })
    expect((await readMap(nowhere, { companyId: 'heating' })).requests).toEqual([])
  })

  test('a day of many orders is read in no more queries than a day of one', async () => {
    const worker = await field.worker()
    await field.offered(worker, { typeId: 'other' })
    const ask = async () => {
      const counted = counting(field.as(worker))
      const today = await readToday(counted.ctx, {})
      return { queries: counted.queries(), orders: today.orders.length }
    }
    const one = await ask()
    for (let n = 0; n < 8; n++) await field.offered(worker, { typeId: 'other' })
    expect(await ask()).toEqual({ queries: one.queries, orders: 9 })
  })

  test('what a worker says of themselves is what dispatchers and their own page read', async () => {
    const worker = await field.worker()
    await setPresence(field.as(worker), { presence: 'away' })
    expect((await readToday(field.as(worker), {})).worker).toEqual({
      id: worker.id,
      name: worker.name,
      teamName: '维修班',
      presence: 'away',
      locationConsent: false,
    })
    const candidates = await suggest((await leak()).id)
    expect(candidates.find(({ staffId }) => staffId === worker.id)?.reason).toMatch(/^暂离/)
  })
})

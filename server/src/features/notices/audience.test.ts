import type { AreaRow } from '../households/entities'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import { noticesAffecting } from './affecting'
import {
  AUDIENCE_START,
  type AudiencePosition,
  countAudience,
  membersOfNotice,
  nextMembers,
  resolveAudience,
  sampleAudience,
  walkOf,
} from './audience'
import { buildNotice, buildTown, moveIn, type Town } from './fan-out.fixture'

eachEngine((engine) => {
  let app: TestApp
  let town: Town
  beforeEach(async () => {
    app = await startApp({ engine })
    town = await buildTown(app)
  })
  afterEach(() => app.close())

  const reader = () => app.ctx().db.reader
  const homesUnder = (...names: string[]): string[] =>
    town.addresses.filter((address) => names.some((name) => address.startsWith(name)))
  const peopleOf = (addresses: readonly string[]): Set<string> =>
    new Set(addresses.flatMap((address) => town.residents(address)))
  const resolve = (areaNames: string[], accountNos: string[] = []) =>
    resolveAudience(app.ctx(), 'heating', {
      areaIds: areaNames.map((name) => town.area(name).id),
      accountNos,
    })

  /** Everybody in the order in which they are reached, page by page. */
  async function walked(
    noticeId: string,
    limit: number,
  ): Promise<{ homes: (string | null)[]; pages: number }> {
    const audience = await walkOf(reader(), { noticeId, reach: 'covered', earlierBulks: [] })
    const homes: (string | null)[] = []
    let pages = 0
    for (let at: AudiencePosition | null = AUDIENCE_START; at !== null; pages++) {
      const page: Awaited<ReturnType<typeof nextMembers>> = await nextMembers(reader(), audience, at, limit)
      homes.push(...page.members.map(({ householdId }) => householdId))
      at = page.next
    }
    return { homes, pages }
  }

  test('an area inside another one, and a household in both trees, count once', async () => {
    const both = await resolve(['松海园', '松海园/1号楼', '甲站'], ['2100000000'])
    const homes = homesUnder('松海园', '御海城/1号楼')
    expect(await countAudience(reader(), both)).toEqual({
      households: homes.length,
      residents: peopleOf(homes).size,
    })
    expect(both.areas).toHaveLength(3)
  })

  test('one who lives in two of the households is one resident, also beside named households', async () => {
    const [first = '', second = ''] = homesUnder('松海园')
    const [other = ''] = homesUnder('御海城')
    const [resident = ''] = town.residents(first)
    await moveIn(app, town.household(second), resident)
    await moveIn(app, town.household(other), resident)
    const otherAccount = String(2_100_000_000 + town.addresses.indexOf(other))
    const audience = await resolve(['松海园'], [otherAccount])
    const homes = [...homesUnder('松海园'), other]
    expect(await countAudience(reader(), audience)).toEqual({
      households: homes.length,
      residents: peopleOf(homes).size,
    })
  })

  test('account numbers of nobody are shown up to a hundred and counted in full', async () => {
    const strangers = Array.from({ length: 130 }, (_, index) => String(990_000_000 + index))
    const audience = await resolve([], ['2100000001', ...strangers])
    expect(audience.householdIds).toHaveLength(1)
    expect(audience.unknownAccounts).toHaveLength(100)
    expect(audience.unknownCount).toBe(130)
    await expect(
      resolveAudience(app.ctx(), 'gas', { areaIds: [town.area('松海园').id], accountNos: [] }),
    ).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('a sample is spread over the areas, without repeating a household', async () => {
    const audience = await resolve(['松海园', '御海城/2号楼'])
    const sample = await sampleAudience(reader(), audience, 8)
    expect(new Set(sample).size).toBe(8)
    const units = new Set(
      town.addresses.filter((a) => sample.includes(town.household(a))).map((a) => a.split('#')[0]),
    )
    expect(units.size).toBeGreaterThanOrEqual(6)
    expect(await sampleAudience(reader(), await resolve(['松海园/1号楼/1单元']), 20)).toHaveLength(3)
  })

  test.each([1, 2, 4, 1000])(
    'N13: a walk in pages of %d households meets everybody once, by path and then by household',
    async (limit) => {
      const stranger = app.ctx().ids.next()
      const notice = await buildNotice(app, {
        areas: [town.area('御海城/2号楼'), town.area('松海园'), town.area('甲站')],
        householdIds: [town.household('松海园/1号楼/1单元#1'), town.household('御海城/3号楼/1单元#2')],
        subscribers: [stranger],
      })
      const { homes, pages } = await walked(notice.id, limit)
      const inOrder = [
        ...homesUnder('松海园', '御海城/2号楼'),
        ...homesUnder('御海城/1号楼'),
        '御海城/3号楼/1单元#2',
      ].map((address) => town.household(address))
      expect([...new Set(homes)]).toEqual([...inOrder, null])
      const people = [
        ...peopleOf(town.addresses.filter((a) => inOrder.includes(town.household(a)))),
        stranger,
      ]
      expect(homes).toHaveLength(people.length)
      expect(pages).toBeGreaterThan(Math.min(30, 30 / limit))
      const streamed: string[] = []
      for await (const page of membersOfNotice(reader(), notice.id, limit))
        streamed.push(...page.map(({ residentId }) => residentId))
      expect([...streamed].sort()).toEqual(people.sort())
    },
  )

  test('many small areas share a page', async () => {
    const units = await reader().query<AreaRow>("SELECT * FROM area WHERE kind = 'unit'")
    const notice = await buildNotice(app, { areas: units })
    const { homes, pages } = await walked(notice.id, 1000)
    expect(new Set(homes).size).toBe(town.addresses.length)
    expect(units.length).toBeGreaterThan(10)
    expect(pages).toBeLessThanOrEqual(5)
  })

  test('a station that feeds more than a page is walked by household, and goes on from any row', async () => {
    const notice = await buildNotice(app, { areas: [town.area('乙站')] })
    const audience = await walkOf(reader(), { noticeId: notice.id, reach: 'covered', earlierBulks: [] })
    const whole = (await walked(notice.id, 5)).homes
    expect(new Set(whole).size).toBe(
      homesUnder('松海园', '御海城').length - homesUnder('松海园/1', '御海城/1').length,
    )
    for (const [index, householdId] of [...new Set(whole)].entries()) {
      const at = { part: 1, cursorPath: town.area('乙站').path, cursorId: householdId ?? '' }
      const { members } = await nextMembers(reader(), audience, at, 1)
      expect(members[0]?.householdId).toBe([...new Set(whole)][index + 1])
    }
  })

  test('a household is affected by the knots above it in either tree, and by name, and by nothing else', async () => {
    const [home, neighbour] = [town.household('松海园/1号楼/1单元#1'), town.household('松海园/1号楼/1单元#2')]
    const byPlace = await buildNotice(app, { areas: [town.area('松海园')] })
    const bySupply = await buildNotice(app, { areas: [town.area('甲站')] })
    const byName = await buildNotice(app, { householdIds: [home] })
    await buildNotice(app, { areas: [town.area('御海城'), town.area('乙站'), town.area('松海园/2号楼')] })
    await buildNotice(app, { areas: [town.area('松海园')], row: { state: 'draft' } })
    const now = app.clock.now()
    const over = await buildNotice(app, {
      areas: [town.area('松海园')],
      row: { state: 'restored', restoredAt: now },
    })
    const ids = async (households: string[], since?: number) =>
      new Set((await noticesAffecting(reader(), households, since)).map(({ id }) => id))
    expect(await ids([home])).toEqual(new Set([byPlace.id, bySupply.id, byName.id]))
    expect(await ids([neighbour])).toEqual(new Set([byPlace.id, bySupply.id]))
    expect(await ids([home], now)).toContain(over.id)
    expect(await ids([home], now + 1)).not.toContain(over.id)
    const both = await noticesAffecting(reader(), [home, neighbour])
    expect(both.find(({ id }) => id === byPlace.id)?.householdIds).toHaveLength(2)
    expect(await noticesAffecting(reader(), [])).toEqual([])
  })
})

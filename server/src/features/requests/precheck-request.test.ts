import { eachEngine } from '../../testing/harness'
import { followRequest } from './follow-request'
import { precheckRequest } from './precheck-request'
import { metresBetween } from './similar-requests'
import { RequestDesk } from './test-request-desk'

const HOUR = 3_600_000
/** Near the centre of Dalian. */
const HERE = { latE6: 38_914_000, lngE6: 121_614_000 }
/** A degree of latitude is about 111.2 km, one of longitude here about 86.5 km. */
const north = (metres: number) => ({ ...HERE, latE6: HERE.latE6 + Math.round(metres * 8.993) })
const east = (metres: number) => ({ ...HERE, lngE6: HERE.lngE6 + Math.round(metres * 11.56) })

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

  const precheck = (residentId: string, over: Partial<Parameters<typeof precheckRequest>[1]> = {}) =>
    precheckRequest(desk.app.asResident(residentId), { companyId: 'heating', typeId: 'cold', ...over })

  test('distances are right to a metre', () => {
    expect(Math.round(metresBetween(HERE, north(250)))).toBeCloseTo(250, -1)
    expect(Math.round(metresBetween(HERE, east(250)))).toBeCloseTo(250, -1)
    expect(metresBetween(HERE, HERE)).toBe(0)
  })

  test('the same thing in the unit or the building within two days is shown, and what I reported myself; elsewhere, older or other is not', async () => {
    const { id } = await desk.resident()
    const { id: other } = await desk.resident()
    const mine = await desk.household([id], { unit: '6单元' })
    const sameUnit = await desk.make({ residentId: other, householdId: (await desk.household([other])).id })
    const nextUnit = await desk.make({
      residentId: other,
      householdId: (await desk.household([other], { unit: '1单元' })).id,
    })
    await desk.make({
      residentId: other,
      householdId: (await desk.household([other], { building: '4号楼' })).id,
    })
    await desk.make({ residentId: other, typeId: 'other', householdId: (await desk.household([other])).id })
    const own = await desk.make({ residentId: id, householdId: mine.id })
    const closed = await desk.make({ residentId: other, householdId: (await desk.household([other])).id })
    await desk.move(closed, 'cancel', { reason: '误报' })
    const found = await precheck(id, { householdId: mine.id })
    expect(found.similar.map((one) => [one.requestId, one.where, one.own])).toEqual([
      [own.id, '松海园 41号楼', true],
      [nextUnit.id, '同楼', false],
      [sameUnit.id, '同单元', false],
    ])
    desk.app.clock.advance(48 * HOUR + 1)
    const later = await precheck(id, { householdId: mine.id })
    expect(later.similar.map((one) => one.requestId)).toEqual([own.id])
  })

  test('my own is shown until it is over, also merged and of any class, but not for another home or type', async () => {
    const { id } = await desk.resident()
    const [home, other] = [await desk.household([id]), await desk.household([id], { community: '得胜里' })]
    const mine = await desk.make({ residentId: id, householdId: home.id })
    const complaint = await desk.make({ residentId: id, typeId: 'manners' })
    const own = async (over: Parameters<typeof precheck>[1]) =>
      (await precheck(id, over)).similar.filter((one) => one.own).map((one) => one.requestId)
    expect(await own({ householdId: home.id })).toEqual([mine.id])
    expect(await own({})).toEqual([mine.id])
    expect(await own({ householdId: other.id })).toEqual([])
    expect(await own({ householdId: home.id, typeId: 'other' })).toEqual([])
    expect(await own({ typeId: 'manners' })).toEqual([complaint.id])
    await desk.move(mine, 'merge', { parentId: (await desk.make()).id, reason: '同一处' })
    expect(await own({ householdId: home.id })).toEqual([mine.id])
    await desk.move(complaint, 'cancel', { reason: '不投诉了' })
    expect(await own({ typeId: 'manners' })).toEqual([])
  })

  test('the same thing within 250 metres is shown with its distance, and may be followed by anybody', async () => {
    const { id } = await desk.resident()
    const at = (place: { latE6: number; lngE6: number }) => desk.make({ place: { ...place, words: '路口' } })
    const near = await at(north(120))
    await at(north(260))
    const edge = await at(east(240))
    await at(east(262))
    const found = await precheck(id, HERE)
    expect(found.similar.map((one) => [one.requestId, one.where])).toEqual(
      expect.arrayContaining([
        [near.id, '约120米'],
        [edge.id, '约240米'],
      ]),
    )
    expect(found.similar).toHaveLength(2)
    await followRequest(desk.app.asResident(id), { requestId: near.id, follow: true })
    expect((await precheck(id, HERE)).similar).toContainEqual(
      expect.objectContaining({ requestId: near.id, followers: 1 }),
    )
  })

  test('a complaint is nobody else’s business: none is shown and none may be followed', async () => {
    const { id } = await desk.resident()
    const { id: other } = await desk.resident()
    const mine = await desk.household([id])
    const theirs = await desk.make({
      typeId: 'manners',
      residentId: other,
      householdId: (await desk.household([other])).id,
    })
    expect((await precheck(id, { typeId: 'manners', householdId: mine.id })).similar).toEqual([])
    await expect(
      followRequest(desk.app.asResident(id), { requestId: theirs.id, follow: true }),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  test('the promise is said before the form, and what we know need not be typed', async () => {
    const { id } = await desk.resident()
    const { id: householdId } = await desk.household([id])
    const first = await precheck(id, { householdId })
    expect(first.outages).toEqual([])
    expect(first.clocks.map((clock) => clock.kind)).toEqual(['accept', 'arrive'])
    expect(first.clocks[0]?.dueAt).toBe(desk.app.clock.now() + HOUR / 2)
    expect(first).toMatchObject({ contactNameMasked: '*玉', contactPhoneMasked: null })
    await desk.make({ residentId: id, contactName: '李秀英', contactPhone: '13900001234' })
    expect(await precheck(id, { householdId })).toMatchObject({
      contactNameMasked: '李*英',
      contactPhoneMasked: '139******34',
    })
    const { id: stranger } = await desk.resident()
    await expect(precheck(stranger, { householdId })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('neighbours are found by an index, however many requests there are', async () => {
    const explain = async (sql: string): Promise<string> =>
      JSON.stringify(await desk.rows(`EXPLAIN ${engine === 'sqlite' ? 'QUERY PLAN ' : ''}${sql}`))
    expect(
      await explain(
        "SELECT id FROM request WHERE areaId IN ('a','b') AND typeId = 'cold' AND createdAt >= 1 AND openSlot = 1 ORDER BY createdAt DESC LIMIT 40",
      ),
    ).toContain('request_in_area')
    expect(
      await explain("SELECT id FROM area WHERE path >= 'A/' AND path < 'A0' ORDER BY path LIMIT 200"),
    ).toContain('area_by_path')
  })
})

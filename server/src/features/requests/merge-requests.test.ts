import { eachEngine } from '../../testing/harness'
import { residentActor } from './actor'
import type { RequestRow } from './entities'
import { spreadToOthers } from './spread-to-others'
import { RequestDesk, staffActor } from './test-request-desk'

const HOUR = 3_600_000

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

  /** A main request and children of other residents, merged. */
  const family = async (
    count: number,
  ): Promise<{ parent: RequestRow; children: RequestRow[]; people: string[] }> => {
    const parent = await desk.make()
    const people = await Promise.all(Array.from({ length: count }, async () => (await desk.resident()).id))
    const children: RequestRow[] = []
    for (const residentId of people) {
      const child = await desk.make({ residentId })
      await desk.move(child, 'accept')
      children.push(await desk.move(child, 'merge', { parentId: parent.id, reason: '同一根管' }))
    }
    return { parent, children, people }
  }
  const states = async (rows: readonly RequestRow[]): Promise<string[]> =>
    Promise.all(rows.map(async (row) => (await desk.request(row.id)).state))

  test('children rest while their parent goes on, are told of each step, and end with it', async () => {
    const { parent, children, people } = await family(3)
    expect(await desk.request(parent.id)).toMatchObject({ children: 3 })
    expect(children[0]).toMatchObject({ state: 'merged', openSlot: null, mergedState: 'accepted' })
    expect((await desk.clocks(children[0]?.id ?? ''))['arrive']).toMatchObject({ state: 'paused' })
    await desk.move(parent, 'accept')
    await desk.app.runJobs()
    expect(await states(children)).toEqual(['merged', 'merged', 'merged'])
    await desk.move(parent, 'resolve', { words: '总阀修好了' })
    await desk.app.runJobs()
    expect(await states(children)).toEqual(['resolved', 'resolved', 'resolved'])
    await desk.move(parent, 'close')
    await desk.app.runJobs()
    expect(await states(children)).toEqual(['closed', 'closed', 'closed'])
    expect(await desk.told(people[0] ?? '')).toEqual([
      '已提交，等待受理｜最迟 10:30 前受理',
      '已受理，正在安排｜已受理，正在安排',
      '和邻居的同一问题一起处理｜和邻居的同一问题一起处理',
      '和邻居的同一问题一起处理｜已受理，正在安排',
      '已处理，请您确认｜已处理完，请您确认。总阀修好了',
      '已办结｜已办结',
    ])
    expect(Object.values(await desk.clocks(children[0]?.id ?? '')).map((row) => row.state)).toEqual([
      'met',
      'met',
      'met',
    ])
  })

  test('spreading twice, as after a crash, says everything once', async () => {
    const { parent, people } = await family(2)
    await desk.move(parent, 'accept')
    await desk.app.runJobs()
    const told = await desk.told(people[0] ?? '')
    const steps = await desk.rows('SELECT id FROM request_step')
    const [step] = await desk.rows<{ id: string }>(
      "SELECT id FROM request_step WHERE requestId = ? AND kind = 'move:accept'",
      [parent.id],
    )
    for (const _ of ['again', 'and again'])
      await spreadToOthers(desk.app.ctx(), { requestId: parent.id, stepId: step?.id ?? '' })
    expect(await desk.told(people[0] ?? '')).toEqual(told)
    expect(await desk.rows('SELECT id FROM request_step')).toHaveLength(steps.length)
  })

  test('one that is split goes on in the state it had, its clocks too', async () => {
    const { parent, children } = await family(1)
    const [child] = children
    if (!child) throw new Error('no child')
    desk.app.clock.advance(5 * HOUR)
    const split = await desk.move(child, 'split', { reason: '不是同一处' })
    expect(split).toMatchObject({ state: 'accepted', openSlot: 1, parentId: null, mergedState: null })
    const arrive = (await desk.clocks(child.id))['arrive']
    expect(arrive).toMatchObject({ state: 'running', dueAt: desk.app.clock.now() + 100 * 60_000 })
    expect((await desk.request(parent.id)).children).toBe(0)
  })

  test('a hold that was merged is a hold again when it is split', async () => {
    const parent = await desk.make()
    const child = await desk.make()
    await desk.move(child, 'accept')
    const until = desk.app.clock.now() + 10 * HOUR
    await desk.move(child, 'hold', { holdReason: 'parts', until })
    expect(await desk.move(child, 'merge', { parentId: parent.id, reason: '同一处' })).toMatchObject({
      wake: null,
    })
    const split = await desk.move(child, 'split', { reason: '不是' })
    expect(split).toMatchObject({ state: 'on-hold', stateBefore: 'accepted', wake: 'hold', wakeAt: until })
    expect(await desk.move(child, 'resume')).toMatchObject({ state: 'accepted', wake: null, holdUntil: null })
  })

  test('a parent that is taken back lets its children go on alone', async () => {
    const { parent, children } = await family(2)
    await desk.move(parent, 'cancel', { reason: '误报' })
    await desk.app.runJobs()
    expect(await states(children)).toEqual(['accepted', 'accepted'])
  })

  test('opened again, those who had not said that it is solved come along', async () => {
    const { parent, children } = await family(2)
    await desk.move(parent, 'accept')
    await desk.move(parent, 'resolve', { words: '修好了' })
    await desk.app.runJobs()
    const [content, other] = children
    await desk.change(
      "INSERT INTO request_rating (requestId, round, stars, outcome, reasons, at) VALUES (?, 1, 5, 'solved', '[]', 0)",
      [content?.id ?? ''],
    )
    await desk.move(parent, 'reopen', { words: '又漏了' })
    await desk.app.runJobs()
    expect(await states(children)).toEqual(['resolved', 'merged'])
    expect((await desk.clocks(other?.id ?? ''))['arrive2']).toMatchObject({ state: 'paused' })
  })

  test('a child that is not solved for its resident goes on alone, beside the parent', async () => {
    const { parent, children } = await family(1)
    await desk.move(parent, 'accept')
    await desk.move(parent, 'resolve', { words: '修好了' })
    await desk.app.runJobs()
    const [child] = children
    if (!child) throw new Error('no child')
    const reopened = await desk.move(child, 'reopen', {
      by: residentActor(child.residentId),
      words: '我家还是不热',
    })
    expect(reopened).toMatchObject({ state: 'accepted', parentId: null })
    expect(
      await desk.rows('SELECT * FROM request_link WHERE requestId = ? OR otherId = ?', [child.id, child.id]),
    ).toHaveLength(1)
    expect((await desk.request(parent.id)).children).toBe(0)
  })

  test('a parent that is merged brings its children along, and nothing goes into what is over or elsewhere', async () => {
    const { parent, children } = await family(2)
    const bigger = await desk.make()
    await desk.move(parent, 'merge', { parentId: bigger.id, reason: '整片停热' })
    expect(await desk.request(bigger.id)).toMatchObject({ children: 3 })
    expect((await desk.request(children[0]?.id ?? '')).parentId).toBe(bigger.id)
    const one = await desk.make()
    const refused = { code: 'move_not_allowed' }
    const elsewhere = await desk.make({ companyId: 'gas' })
    for (const parentId of [one.id, parent.id, elsewhere.id])
      await expect(desk.move(one, 'merge', { parentId, reason: '试试' })).rejects.toMatchObject(refused)
    const by = staffActor('agent')
    await expect(desk.move(one, 'merge', { parentId: bigger.id, reason: '试试', by })).rejects.toMatchObject(
      refused,
    )
  })
})

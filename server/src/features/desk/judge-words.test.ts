import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { addWords } from '../requests/add-to-request'
import { presentRequest } from '../requests/present-request'
import { residentActor } from '../requests/actor'
import { lockRequest } from '../requests/store'
import { countInbox } from './count-inbox'
import { exportColumns } from './export-columns'
import { getDeskRequest } from './get-desk-request'
import { judgeWords } from './judge-words'
import { listInbox } from './list-inbox'
import { noteRequest } from './note-request'
import { outcomeOf, TestDesk } from './test-desk'

const WAITING = { tab: 'all', states: 'open', sort: 'due', limit: 20, due: 'words' } as const

eachEngine((engine) => {
  let desk: TestDesk
  beforeEach(async () => {
    desk = await TestDesk.open(engine)
  })
  afterEach(() => desk.close())

  const judge = (stepId: string, requestId: string, verdict: 'fine' | 'hide', how = {}) =>
    judgeWords(desk.as(how), { requestId, stepId, verdict, reason: '看过原文' })
  const waiting = async () => (await listInbox(desk.as(), WAITING)).items.map(({ id }) => id)
  const add = (requestId: string, words: string) =>
    inTransaction(desk.as(), async (tx) =>
      addWords(tx, desk.as(), await lockRequest(tx, requestId), {
        words,
        fileIds: [],
        by: residentActor(null),
        flagged: true,
      }),
    )

  test('words in doubt wait for a look where the list can find them, and are done with when they are fine', async () => {
    const { id: residentId } = await desk.world.resident()
    await desk.make()
    const { id } = await desk.make({
      residentId,
      by: residentActor(residentId),
      wordsFlagged: true,
      words: '看不懂的话',
    })
    expect(await waiting()).toEqual([id])
    expect(await countInbox(desk.as(), {})).toMatchObject({ all: 2, words: 1 })
    const before = await getDeskRequest(desk.as(), id)
    expect(before).toMatchObject({
      wordsFlagged: true,
      words: '看不懂的话',
      wordsCheck: { state: 'waiting' },
    })
    await judge(before.wordsCheck?.stepId ?? '', id, 'fine')
    expect(await waiting()).toEqual([])
    const after = await getDeskRequest(desk.as(), id)
    expect(after).toMatchObject({ wordsFlagged: false, wordsCheck: null, version: before.version + 1 })
    expect(after.steps.at(-1)).toMatchObject({ internal: true, title: '看过内容：可以显示', byName: '王晓' })
  })

  test('hidden words leave lists, exports and follow-links, and stay as evidence for the desk and for their writer', async () => {
    const { id: residentId } = await desk.world.resident()
    const { id } = await desk.make({
      residentId,
      by: residentActor(residentId),
      wordsFlagged: true,
      words: '不该给人看的话',
    })
    const stepId = (await getDeskRequest(desk.as(), id)).wordsCheck?.stepId ?? ''
    await judge(stepId, id, 'hide')
    const [row] = (await listInbox(desk.as(), { tab: 'all', states: 'open', sort: 'due', limit: 20 })).items
    expect(row).toMatchObject({ excerpt: '（内容已由客服隐藏）', wordsFlagged: false })
    const [excerpt] = exportColumns(['excerpt'])
    expect(JSON.stringify(row && excerpt?.cell(row, {} as never))).not.toContain('不该给人看')
    expect(await getDeskRequest(desk.as(), id)).toMatchObject({
      words: '不该给人看的话',
      wordsCheck: { stepId, state: 'hidden' },
    })
    const stored = await desk.world.request(id)
    const byLink = await presentRequest(desk.as(), stored, { kind: 'link', token: 'a'.repeat(32) })
    expect(byLink.words).toBe('（内容已由客服隐藏）')
    const owner = desk.world.app.asResident(residentId)
    expect((await presentRequest(owner, stored, { kind: 'owner' })).words).toBe('不该给人看的话')
    await judge(stepId, id, 'fine')
    expect(await desk.world.request(id)).toMatchObject({ wordsHidden: 0, words: '不该给人看的话' })
  })

  test('what was added later is judged line by line, and the request waits until the last of them', async () => {
    const { id } = await desk.make()
    await add(id, '第一句')
    await add(id, '第二句')
    expect(await waiting()).toEqual([id])
    const { steps } = await getDeskRequest(desk.as(), id)
    const [first, second] = steps.filter(({ wordsCheck }) => wordsCheck === 'waiting')
    await judge(second?.id ?? '', id, 'hide')
    expect(await waiting()).toEqual([id])
    await judge(first?.id ?? '', id, 'fine')
    expect(await waiting()).toEqual([])
    const byLink = await presentRequest(desk.as(), await desk.world.request(id), {
      kind: 'link',
      token: 'a'.repeat(32),
    })
    const said = byLink.steps.filter(({ kind }) => kind === 'words').map(({ words }) => words)
    expect(said).toEqual(['第一句', '（内容已由客服隐藏）'])
  })

  test('only a resident’s own words inside my scope can be judged', async () => {
    const by = residentActor(null)
    const { id } = await desk.make({ by, wordsFlagged: true })
    const other = await desk.make({ by, wordsFlagged: true })
    await noteRequest(desk.as(), { requestId: id, words: '内部', fileIds: [] })
    const [report, note] = (await getDeskRequest(desk.as(), id)).steps
    const [foreign] = (await getDeskRequest(desk.as(), other.id)).steps
    expect(await outcomeOf(judge(note?.id ?? '', id, 'hide'))).toBe('not_found')
    expect(await outcomeOf(judge(foreign?.id ?? '', id, 'hide'))).toBe('not_found')
    const stranger = judge(report?.id ?? '', id, 'hide', { companies: ['gas'] })
    expect(await outcomeOf(stranger)).toBe('not_found')
    expect(await waiting()).toHaveLength(2)
  })
})

import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { addStep } from './add-step'
import { answerUrge } from './answer-urge'
import type { RequestRow } from './entities'
import { spreadReply } from './move-request'
import { findStep } from './step-store'
import { RequestDesk, staffActor } from './test-request-desk'
import { urgeRequest } from './urge-request'

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

  const child = async (parent: RequestRow): Promise<{ id: string; residentId: string }> => {
    const { id: residentId } = await desk.resident()
    const made = await desk.make({ residentId })
    await desk.move(made, 'merge', { parentId: parent.id, reason: '同一根管' })
    return { id: made.id, residentId }
  }
  const reply = (parentId: string, words: string): Promise<string> =>
    inTransaction(desk.app.ctx(), async (tx) => {
      const request = await desk.request(parentId)
      const by = staffActor('agent')
      const step = await addStep(tx, desk.app.ctx(), { request, kind: 'reply', title: '客服回复', words, by })
      await spreadReply(tx, desk.app.ctx(), request, step)
      return step.id
    })
  const urge = ({ id, residentId }: { id: string; residentId: string }) =>
    urgeRequest(desk.app.asResident(residentId), { requestId: id })
  const repliesOf = async (id: string) =>
    (await desk.steps(id)).filter(({ kind }) => kind === 'reply').map(({ words }) => words)

  test('what the desk answers to the whole reaches the neighbours who urged, and nobody else', async () => {
    const parent = await desk.make()
    const [urging, quiet] = [await child(parent), await child(parent)]
    await urge(urging)
    const before = await desk.told(quiet.residentId)
    const stepId = await reply(parent.id, '下午四点前修好')
    await desk.app.runJobs()
    expect(await repliesOf(urging.id)).toEqual(['下午四点前修好'])
    expect((await desk.told(urging.residentId)).at(-1)).toContain('下午四点前修好')
    expect(await desk.request(urging.id)).toMatchObject({ urgesWaiting: 0, urges: 1, state: 'merged' })
    expect(await repliesOf(quiet.id)).toEqual([])
    expect(await desk.told(quiet.residentId)).toEqual(before)
    const step = await findStep(desk.app.ctx().db.reader, stepId)
    if (!step) throw new Error('no step')
    const again = { parentId: parent.id, childId: urging.id, step }
    await inTransaction(desk.app.ctx(), (tx) => answerUrge(tx, desk.app.ctx(), again))
    expect(await repliesOf(urging.id)).toHaveLength(1)
  })

  test('who urges after the answer was given waits for the next one', async () => {
    const parent = await desk.make()
    const urging = await child(parent)
    const stepId = await reply(parent.id, '师傅在路上')
    desk.app.clock.advance(60_000)
    await urge(urging)
    await desk.app.runJobs()
    expect(stepId).not.toBe('')
    expect(await repliesOf(urging.id)).toEqual([])
    expect(await desk.request(urging.id)).toMatchObject({ urgesWaiting: 1 })
  })
})

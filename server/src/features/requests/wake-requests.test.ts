import { eachEngine } from '../../testing/harness'
import { answerSurvey } from './answer-survey'
import type { RequestRow } from './entities'
import { rateRequest } from './rate-request'
import { RequestDesk } from './test-request-desk'
import { wakeRequests } from './wake-requests'

const HOUR = 3_600_000
const DAY = 24 * HOUR

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

  const wake = (): Promise<void> => wakeRequests(desk.app.ctx())
  const resolved = async (residentId: string): Promise<RequestRow> => {
    const request = await desk.make({ residentId })
    await desk.move(request, 'accept')
    return desk.move(request, 'resolve', { words: '好了' })
  }
  const titles = async (residentId: string): Promise<string[]> =>
    (
      await desk.rows<{ title: string }>('SELECT title FROM message WHERE residentId = ? ORDER BY id', [
        residentId,
      ])
    ).map(({ title }) => title)

  test('a hold is looked at again when its time has come, by as many nodes as there are once', async () => {
    const lead = await desk.worker(['worker'])
    const teamId = await desk.team(lead.id)
    const request = await desk.make()
    await desk.move(request, 'accept')
    await desk.move(request, 'dispatch', { assign: { teamId, staffId: null, answerBy: null } })
    await desk.move(request, 'hold', { holdReason: 'customer', until: desk.app.clock.now() + DAY })
    await wake()
    expect((await desk.request(request.id)).state).toBe('on-hold')
    desk.app.clock.advance(DAY)
    await Promise.all([wake(), wake(), wake()])
    expect(await desk.request(request.id)).toMatchObject({ state: 'dispatched', wake: null })
    expect((await desk.steps(request.id)).filter((step) => step.kind === 'move:resume')).toHaveLength(1)
    expect((await desk.told(lead.walletId)).at(-1)).toBe('暂停到期｜约定的时间到了，请继续处理')
  })

  test('without a word it is closed after a day, asked once for a rating, and once more after four weeks', async () => {
    const { id } = await desk.resident()
    const request = await resolved(id)
    desk.app.clock.advance(DAY - 1)
    await wake()
    expect((await desk.request(request.id)).state).toBe('resolved')
    desk.app.clock.advance(1)
    await wake()
    expect(await desk.request(request.id)).toMatchObject({ state: 'closed', wake: 'rate' })
    desk.app.clock.advance(DAY)
    await wake()
    await wake()
    expect((await desk.told(id)).filter((line) => line.startsWith('已办结，请您评价'))).toHaveLength(1)
    desk.app.clock.advance(28 * DAY)
    await wake()
    await wake()
    expect((await titles(id)).filter((title) => title === '现在还好吗')).toHaveLength(1)
    expect(await desk.request(request.id)).toMatchObject({ wake: null, wakeAt: null })
  })

  test('whoever rated is not reminded', async () => {
    const { id } = await desk.resident()
    const request = await resolved(id)
    await rateRequest(desk.app.asResident(id), {
      requestId: request.id,
      stars: 5,
      outcome: 'solved',
      reasons: [],
      fileIds: [],
    })
    expect(await desk.request(request.id)).toMatchObject({ state: 'closed', wake: 'survey' })
    const before = await titles(id)
    desk.app.clock.advance(2 * DAY)
    await wake()
    expect(await titles(id)).toEqual(before)
  })

  test('whoever switched the question off is never asked, and “no longer good” opens a follow-up', async () => {
    const { id } = await desk.resident()
    const first = await resolved(id)
    await desk.move(first, 'close')
    desk.app.clock.advance(30 * DAY)
    await wake()
    await wake()
    await answerSurvey(desk.app.asResident(id), {
      requestId: first.id,
      stillGood: false,
      noMoreSurveys: true,
    })
    await answerSurvey(desk.app.asResident(id), {
      requestId: first.id,
      stillGood: false,
      noMoreSurveys: true,
    })
    const followUps = await desk.rows<RequestRow>('SELECT * FROM request WHERE followsUpId = ?', [first.id])
    expect(followUps).toMatchObject([{ state: 'submitted', typeId: 'cold', residentId: id }])
    const second = await resolved(id)
    await desk.move(second, 'close')
    desk.app.clock.advance(30 * DAY)
    await wake()
    await wake()
    expect((await titles(id)).filter((title) => title === '现在还好吗')).toHaveLength(1)
    expect(await desk.rows('SELECT * FROM request_survey WHERE requestId = ?', [second.id])).toEqual([])
  })
})

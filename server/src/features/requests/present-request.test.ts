import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { getRequest } from './get-request'
import { saveRatingReply } from './people-store'
import { presentRequest } from './present-request'
import { presentSummaries } from './present-summaries'
import { rateRequest } from './rate-request'
import { requestsOperations } from './schema'
import { RequestDesk } from './test-request-desk'

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

  const shown = async (id: string, residentId: string) => {
    const ctx = desk.app.asResident(residentId)
    const answer = { request: await presentRequest(ctx, await desk.request(id), { kind: 'owner' }) }
    return requestsOperations['requests.get'].output.parse(answer).request
  }

  test('one that was merged says where the whole problem stands, in the list and on its page', async () => {
    const { id } = await desk.resident()
    const child = await desk.make({ residentId: id })
    const parent = await desk.make()
    await desk.move(child, 'merge', { parentId: parent.id, reason: '同一处' })
    await desk.move(parent, 'accept')
    const words = '和邻居的同一问题一起处理：已受理，正在安排'
    const page = await shown(child.id, id)
    expect(page).toMatchObject({ stateWords: words, parent: { number: parent.number }, state: 'merged' })
    expect(page.clocks.map((clock) => [clock.state, clock.pausedBecause])).toEqual([
      ['paused', '和邻居的同一问题一起处理'],
      ['paused', '和邻居的同一问题一起处理'],
    ])
    const { row, viewer } = await getRequest(desk.app.asResident(id), { requestId: parent.id })
    expect((await presentRequest(desk.app.asResident(id), row, viewer)).may).toEqual([])
    const rows = await Promise.all([child.id, parent.id].map((one) => desk.request(one)))
    const lines = await presentSummaries(desk.app.asResident(id), rows, [id])
    expect(lines.map((line) => [line.stateWords, line.mine])).toEqual([
      [words, true],
      ['已受理，正在安排', false],
    ])
  })

  test('whoever came keeps the name in the timeline after the order went to others', async () => {
    const { id } = await desk.resident()
    const worker = await desk.worker(['worker'], { name: '孙建国' })
    const by = { kind: 'staff', id: worker.id, name: '孙建国', roles: ['worker'] } as const
    const request = await desk.make({ residentId: id })
    await desk.move(request, 'dispatch', { assign: { teamId: 'T', staffId: worker.id, answerBy: null } })
    await desk.move(request.id, 'arrive', { by })
    await desk.move(request.id, 'hold', { by, holdReason: 'parts' })
    await desk.move(request.id, 'resume')
    await desk.move(request.id, 'resolve', { words: '好了', by })
    await desk.move(request.id, 'reopen', { words: '还是不热' })
    const { steps } = await shown(request.id, id)
    expect((await desk.request(request.id)).assigneeId).toBeNull()
    expect(steps.map(({ kind, byName }) => [kind, byName])).toEqual([
      ['submitted', null],
      ['move:dispatch', '客服'],
      ['move:arrive', '孙师傅'],
      ['move:hold', '孙师傅'],
      ['move:resume', '客服'],
      ['move:resolve', '孙师傅'],
      ['move:reopen', '客服'],
    ])
  })

  test('whoever has it at the desk is no worker who comes; whoever was sent is', async () => {
    const { id } = await desk.resident()
    const agent = await desk.worker(['agent'], { name: '王小丽' })
    const worker = await desk.worker(['worker'], { name: '孙建国' })
    const request = await desk.make({ residentId: id })
    await desk.move(request, 'accept', {
      by: { kind: 'staff', id: agent.id, name: '王小丽', roles: ['agent'] },
    })
    await desk.change('UPDATE request SET assigneeId = ? WHERE id = ?', [agent.id, request.id])
    expect(await shown(request.id, id)).toMatchObject({ workerName: null, steps: [{}, { byName: '客服' }] })
    await desk.move(request, 'dispatch', { assign: { teamId: 'T', staffId: worker.id, answerBy: null } })
    expect((await shown(request.id, id)).workerName).toBe('孙师傅')
    await desk.move(request, 'return', { reason: '不会修' })
    expect((await shown(request.id, id)).workerName).toBeNull()
  })

  test('while a promise is paused its time moves along, so that nobody is promised what cannot be', async () => {
    const { id } = await desk.resident()
    const request = await desk.make({ residentId: id })
    await desk.move(request, 'accept')
    await desk.move(request, 'hold', { holdReason: 'weather' })
    const first = (await shown(request.id, id)).nextClock
    desk.app.clock.advance(600_000)
    const later = (await shown(request.id, id)).nextClock
    expect(first).toMatchObject({ kind: 'arrive', pausedBecause: '等天气好转' })
    expect((later?.dueAt ?? 0) - (first?.dueAt ?? 0)).toBe(600_000)
  })

  test('the answer to a rating is shown to whoever rated', async () => {
    const { id } = await desk.resident()
    const request = await desk.make({ residentId: id })
    await desk.move(request, 'accept')
    await desk.move(request, 'resolve', { words: '好了' })
    const rating = {
      requestId: request.id,
      stars: 3,
      outcome: 'solved',
      reasons: ['来得太晚'],
      fileIds: [],
    } as const
    await rateRequest(desk.app.asResident(id), rating)
    const reply = { words: '抱歉让您久等', at: desk.app.clock.now(), byId: 'S', byName: '王小丽' }
    await inTransaction(desk.app.ctx(), (tx) => saveRatingReply(tx, request.id, reply))
    expect((await shown(request.id, id)).rating).toMatchObject({
      stars: 3,
      reasons: ['来得太晚'],
      reply: { words: '抱歉让您久等', byName: '客服' },
    })
  })

  test('the urge that is possible next is told, and what is asked four weeks later', async () => {
    const { id } = await desk.resident()
    const request = await desk.make({ residentId: id })
    await (await desk.phone(id)).ok('requests.urge', { requestId: request.id })
    expect(await shown(request.id, id)).toMatchObject({
      urges: { count: 1, lastAt: desk.app.clock.now(), nextAt: desk.app.clock.now() + 7_200_000 },
      may: ['add', 'cancel'],
      survey: null,
    })
    await desk.move(request, 'accept')
    await desk.move(request, 'resolve', { words: '好了' })
    await desk.move(request, 'close')
    expect((await shown(request.id, id)).survey).toEqual({
      dueAt: desk.app.clock.now() + 28 * 86_400_000,
      open: false,
    })
  })
})

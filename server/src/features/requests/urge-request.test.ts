import { eachEngine } from '../../testing/harness'
import { cancelRequest } from './cancel-request'
import { addToRequest } from './add-to-request'
import type { RequestRow } from './entities'
import { RequestDesk } from './test-request-desk'
import { urgeRequest } from './urge-request'

const HOUR = 3_600_000

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

  const mine = async (): Promise<{ id: string; request: RequestRow }> => {
    const { id } = await desk.resident()
    return { id, request: await desk.make({ residentId: id }) }
  }
  const urge = (id: string, requestId: string, words?: string): Promise<RequestRow> =>
    urgeRequest(desk.app.asResident(id, 'alipay-mini'), { requestId, words })

  test('one may urge every two hours; the second raises the priority, the third reaches the supervisor', async () => {
    const supervisor = await desk.worker(['supervisor'])
    const worker = await desk.worker(['worker'])
    const { id, request } = await mine()
    await desk.move(request, 'dispatch', { assign: { teamId: 'T', staffId: worker.id, answerBy: null } })
    expect(await urge(id, request.id, '孩子发烧了')).toMatchObject({
      urges: 1,
      urgesWaiting: 1,
      priority: 3,
      escalation: 0,
    })
    await expect(urge(id, request.id)).rejects.toMatchObject({
      code: 'urge_too_soon',
      message: '刚刚已经催过了，我们正在跟进；今天12:00后可以再催。',
    })
    desk.app.clock.advance(2 * HOUR)
    expect(await urge(id, request.id)).toMatchObject({ urges: 2, priority: 2, escalation: 0 })
    expect(await desk.told(supervisor.walletId)).toEqual([])
    desk.app.clock.advance(2 * HOUR)
    expect(await urge(id, request.id)).toMatchObject({
      urges: 3,
      urgesWaiting: 3,
      priority: 2,
      escalation: 2,
    })
    expect(await desk.told(supervisor.walletId)).toEqual(['第3次催办｜请尽快处理并回复住户'])
    expect(await desk.told(worker.walletId)).toEqual([
      '第1次催办｜孩子发烧了',
      '第2次催办｜请尽快处理并回复住户',
      '第3次催办｜请尽快处理并回复住户',
    ])
    // Nobody's form grows stale because a resident is impatient.
    expect((await desk.request(request.id)).version).toBe(2)
  })

  test('ten taps at once urge once', async () => {
    const { id, request } = await mine()
    await Promise.allSettled(Array.from({ length: 10 }, () => urge(id, request.id)))
    expect(await desk.request(request.id)).toMatchObject({ urges: 1 })
    expect((await desk.steps(request.id)).filter((step) => step.kind === 'urged')).toHaveLength(1)
  })

  test('an urge of one that was merged waits for an answer where the work is done', async () => {
    const { id, request } = await mine()
    const parent = await desk.make()
    await desk.move(request, 'merge', { parentId: parent.id, reason: '同一处' })
    await urge(id, request.id)
    expect(await desk.request(parent.id)).toMatchObject({ urges: 1, urgesWaiting: 1, priority: 3 })
    expect((await desk.steps(parent.id)).at(-1)).toMatchObject({ kind: 'urged', internal: 1 })
  })

  test('what is done or over is not urged', async () => {
    const { id, request } = await mine()
    await desk.move(request, 'accept')
    await desk.move(request, 'resolve', { words: '好了' })
    await expect(urge(id, request.id)).rejects.toMatchObject({ code: 'move_not_allowed' })
  })

  test('a request is taken back before work has begun and not after, on hold or not', async () => {
    const cancel = (id: string, requestId: string): Promise<RequestRow> =>
      cancelRequest(desk.app.asResident(id), { requestId, reason: '自己修好了' })
    const worker = await desk.worker(['worker'])
    const early = await mine()
    await desk.move(early.request, 'dispatch', {
      assign: { teamId: 'T', staffId: worker.id, answerBy: null },
    })
    expect(await cancel(early.id, early.request.id)).toMatchObject({ state: 'cancelled', openSlot: null })
    expect(await desk.told(worker.walletId)).toEqual(['住户撤销了｜自己修好了'])
    const late = await mine()
    await desk.move(late.request, 'dispatch', { assign: { teamId: 'T', staffId: worker.id, answerBy: null } })
    const by = { kind: 'staff', id: worker.id, name: '孙建国', roles: ['worker'] } as const
    await desk.move(late.request, 'arrive', { by })
    const refused = { code: 'move_not_allowed', message: '这个报修师傅已经到场，不能再撤销。' }
    await expect(cancel(late.id, late.request.id)).rejects.toMatchObject(refused)
    await desk.move(late.request, 'hold', { by, holdReason: 'parts' })
    await expect(cancel(late.id, late.request.id)).rejects.toMatchObject({ code: 'move_not_allowed' })
    const held = await mine()
    await desk.move(held.request, 'accept')
    await desk.move(held.request, 'hold', { holdReason: 'customer' })
    expect((await cancel(held.id, held.request.id)).state).toBe('cancelled')
  })

  test('what waited for the resident goes on when they answer; other holds do not', async () => {
    const { id, request } = await mine()
    const add = (): Promise<RequestRow> =>
      addToRequest(desk.app.asResident(id, 'alipay-mini'), {
        requestId: request.id,
        words: '今晚在家',
        fileIds: [],
      })
    await desk.move(request, 'accept')
    await desk.move(request, 'hold', { holdReason: 'parts' })
    expect((await add()).state).toBe('on-hold')
    await desk.move(request, 'resume')
    await desk.move(request, 'hold', { holdReason: 'customer' })
    expect((await add()).state).toBe('accepted')
    await desk.move(request, 'cancel', { reason: '重复' })
    await expect(add()).rejects.toMatchObject({ message: '已经结束了，不能再补充；还有问题请重新提交。' })
  })
})

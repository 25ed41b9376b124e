import { eachEngine } from '../../testing/harness'
import type { RequestRow } from './entities'
import { type Rating, rateRequest } from './rate-request'
import { reopenRequest } from './reopen-request'
import { RequestDesk } from './test-request-desk'

const HOUR = 3_600_000

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

  const done = async (closed = true): Promise<{ id: string; request: RequestRow }> => {
    const { id } = await desk.resident()
    const { id: householdId } = await desk.household([id])
    const request = await desk.make({
      residentId: id,
      householdId,
      contactName: '李秀英',
      contactPhone: '13900001234',
    })
    await desk.move(request, 'accept')
    await desk.move(request, 'resolve', { words: '好了' })
    if (closed) await desk.move(request, 'close')
    return { id, request: await desk.request(request.id) }
  }
  const rate = (id: string, requestId: string, over: Partial<Rating> = {}) =>
    rateRequest(desk.app.asResident(id, 'alipay-mini'), {
      requestId,
      stars: 5,
      outcome: 'solved',
      reasons: [],
      fileIds: [],
      ...over,
    })

  test('under four stars a reason of the list is asked for', async () => {
    const { id, request } = await done()
    await expect(rate(id, request.id, { stars: 3 })).rejects.toMatchObject({
      code: 'invalid_input',
      message: '请选一个原因，我们好改进。',
    })
    await expect(rate(id, request.id, { stars: 3, reasons: ['自己编的'] })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    expect((await rate(id, request.id, { stars: 4 })).request.state).toBe('closed')
  })

  test('“not solved” opens it again within the window that the row keeps, and the supervisors hear of it', async () => {
    const supervisor = await desk.worker(['supervisor'])
    const { id, request } = await done()
    expect(request.reopenUntil).toBe(desk.app.clock.now() + 72 * HOUR)
    desk.app.clock.advance(72 * HOUR)
    const bad = { stars: 2, outcome: 'not', reasons: ['没修好'], words: '还是冷' } as const
    const { request: reopened, followUp } = await rate(id, request.id, bad)
    expect(followUp).toBeNull()
    expect(reopened).toMatchObject({ state: 'accepted', reopened: 1 })
    expect(await desk.request(request.id)).toMatchObject({ escalation: 2, openSlot: 1 })
    expect(await desk.told(supervisor.walletId)).toEqual(['住户评了2星｜住户说没解决，已重新打开，请跟进'])
    // The next round has a rating of its own.
    await desk.move(request, 'resolve', { words: '换了阀' })
    expect((await rate(id, request.id)).request.state).toBe('closed')
    expect(
      await desk.rows('SELECT round, stars FROM request_rating WHERE requestId = ? ORDER BY round', [
        request.id,
      ]),
    ).toEqual([
      { round: 1, stars: 2 },
      { round: 2, stars: 5 },
    ])
  })

  test('after the window nothing is opened again, whatever a catalogue says by then, but a follow-up is made', async () => {
    const { id, request } = await done()
    desk.app.clock.advance(72 * HOUR + 1)
    await expect(
      reopenRequest(desk.app.asResident(id), { requestId: request.id, words: '又冷了', fileIds: [] }),
    ).rejects.toMatchObject({ code: 'reopen_over' })
    const { request: rated, followUp } = await rate(id, request.id, {
      stars: 1,
      outcome: 'not',
      reasons: ['没修好'],
    })
    expect(rated.state).toBe('closed')
    expect(followUp).toMatchObject({ followsUpId: request.id, state: 'submitted' })
  })

  test('“partly” closes it and opens a follow-up with the same place and people', async () => {
    const { id, request } = await done(false)
    const { request: rated, followUp } = await rate(id, request.id, {
      stars: 3,
      outcome: 'partly',
      reasons: ['没修好'],
      words: '卧室还冷',
    })
    expect(rated.state).toBe('closed')
    expect(followUp).toMatchObject({
      householdId: request.householdId,
      areaId: request.areaId,
      phoneIndex: request.phoneIndex,
      words: `卧室还冷（接${request.number}）`,
    })
    const view = (await (await desk.phone(id)).ok('requests.get', { requestId: followUp?.id ?? '' })).request
    expect(view.parent).toEqual({ id: request.id, number: request.number })
  })

  test('each round is rated once, also by two taps at once, and only when it is done', async () => {
    const { id, request } = await done()
    const results = await Promise.allSettled([
      rate(id, request.id),
      rate(id, request.id),
      rate(id, request.id),
    ])
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    await expect(rate(id, request.id)).rejects.toMatchObject({ code: 'rated_before' })
    const fresh = await desk.make({ residentId: id })
    await expect(rate(id, fresh.id)).rejects.toMatchObject({ code: 'move_not_allowed' })
    const old = await done()
    desk.app.clock.advance(91 * 24 * HOUR)
    await expect(rate(old.id, old.request.id)).rejects.toMatchObject({ code: 'move_not_allowed' })
  })
})

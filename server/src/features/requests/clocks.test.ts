import { eachEngine } from '../../testing/harness'
import { isOpen } from './clocks'
import type { ClockRow } from './entities'
import { NEVER_DUE } from './entities'
import { sweepClocks } from './sweep-clocks'
import { RequestDesk, staffActor } from './test-request-desk'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** 2026-11-22 10:00 in Shanghai is a Sunday. */
const at = (text: string): number => Date.parse(`${text}:00+08:00`)
const ASSIGN = { teamId: '01TEAM00000000000000000000', staffId: staffActor().id, answerBy: null }

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())
  beforeEach(() => desk.app.clock.set(at('2026-11-22T10:00')))

  const clock = async (id: string, kind: string): Promise<ClockRow> => {
    const found = (await desk.clocks(id))[kind]
    if (!found) throw new Error(`no clock ${kind}`)
    return found
  }

  test('what is due next stands on the row, and moves on as promises are kept', async () => {
    const request = await desk.make()
    expect(request).toMatchObject({ nextDueAt: at('2026-11-22T10:30'), nextWarnAt: at('2026-11-22T10:21') })
    const accepted = await desk.move(request, 'accept')
    expect(accepted).toMatchObject({ nextDueAt: at('2026-11-22T11:40'), nextWarnAt: at('2026-11-22T11:10') })
    await desk.move(request, 'dispatch', { assign: ASSIGN })
    const arrived = await desk.move(request, 'arrive')
    // What is left is the reply, which is counted in office hours: 900 of them are two working days.
    expect(arrived.nextDueAt).toBe((await clock(request.id, 'reply')).dueAt)
    await desk.move(request, 'resolve', { words: '好了' })
    expect(await desk.move(request, 'close')).toMatchObject({ nextDueAt: NEVER_DUE, nextWarnAt: NEVER_DUE })
  })

  test('a pause stops the clock for as long as it lasts, also over midnight and twice', async () => {
    desk.app.clock.set(at('2026-11-22T22:00'))
    const request = await desk.make()
    await desk.move(request, 'accept')
    desk.app.clock.advance(40 * MINUTE)
    const held = await desk.move(request, 'hold', { holdReason: 'customer' })
    expect(held.nextDueAt).toBe(NEVER_DUE)
    expect(await clock(request.id, 'arrive')).toMatchObject({
      state: 'paused',
      usedMs: 40 * MINUTE,
      dueAt: null,
    })
    desk.app.clock.advance(10 * HOUR)
    await desk.move(request, 'resume')
    expect(await clock(request.id, 'arrive')).toMatchObject({
      state: 'running',
      dueAt: at('2026-11-23T09:40'),
    })
    desk.app.clock.advance(30 * MINUTE)
    await desk.move(request, 'hold', { holdReason: 'parts' })
    desk.app.clock.advance(48 * HOUR)
    await desk.move(request, 'resume')
    const arrive = await clock(request.id, 'arrive')
    expect(arrive.dueAt).toBe(desk.app.clock.now() + 30 * MINUTE)
    expect(JSON.parse(arrive.runs)).toHaveLength(2)
  })

  test('office hours sleep over nights, weekends and holidays, and wake on make-up days', async () => {
    // 30 September 2026 is the last working day before the holidays of the National Day.
    desk.app.clock.set(at('2026-09-30T16:00'))
    const request = await desk.make({ typeId: 'manners' })
    const before = await clock(request.id, 'reply')
    expect(before.dueAt).toBeGreaterThan(at('2026-10-08T08:00'))
    expect(before.dueAt).toBeLessThan(at('2026-10-08T18:00'))
    // A pause during the holidays costs nobody anything, because nothing was counted.
    desk.app.clock.set(at('2026-10-02T12:00'))
    await desk.move(request, 'accept')
    await desk.move(request, 'hold', { holdReason: 'customer' })
    desk.app.clock.set(at('2026-10-05T12:00'))
    await desk.move(request, 'resume')
    expect((await clock(request.id, 'reply')).dueAt).toBe(before.dueAt)
  })

  test('what was promised too late is missed, whether or not the sweep came by', async () => {
    const request = await desk.make()
    desk.app.clock.advance(31 * MINUTE)
    await desk.move(request, 'accept')
    expect(await clock(request.id, 'accept')).toMatchObject({
      state: 'missed',
      metAt: desk.app.clock.now(),
      breachedAt: at('2026-11-22T10:30'),
    })
  })

  test('what was done in time and reported late was in time, also when the sweep had called it missed', async () => {
    const request = await desk.make()
    await desk.move(request, 'accept')
    await desk.move(request, 'dispatch', { assign: ASSIGN })
    desk.app.clock.advance(120 * MINUTE)
    for (const _ of ['warn', 'breach']) await sweepClocks(desk.app.ctx())
    expect((await clock(request.id, 'arrive')).state).toBe('missed')
    const at90 = request.createdAt + 90 * MINUTE
    await desk.move(request, 'arrive', { at: at90 })
    expect(await clock(request.id, 'arrive')).toMatchObject({ state: 'met', metAt: at90, breachedAt: null })
  })

  test('opened again, new promises begin and the old verdicts stay', async () => {
    const request = await desk.make()
    desk.app.clock.advance(31 * MINUTE)
    await desk.move(request, 'accept')
    await desk.move(request, 'resolve', { words: '电话里教会了' })
    await desk.move(request, 'close')
    desk.app.clock.advance(HOUR)
    const reopened = await desk.move(request, 'reopen', { words: '又不热了' })
    expect(reopened).toMatchObject({
      state: 'accepted',
      reopened: 1,
      closedAt: null,
      reopenUntil: null,
      wake: null,
    })
    const clocks = await desk.clocks(request.id)
    expect(clocks['accept']).toMatchObject({ state: 'missed' })
    expect(clocks['arrive']).toMatchObject({ state: 'met' })
    expect(clocks['accept2']).toBeUndefined()
    expect(clocks['arrive2']).toMatchObject({ state: 'running', dueAt: desk.app.clock.now() + 100 * MINUTE })
    expect(reopened.nextDueAt).toBe(clocks['arrive2']?.dueAt)
  })

  test('what is taken back promises nothing any more', async () => {
    const request = await desk.make()
    await desk.move(request, 'cancel', { reason: '不需要了' })
    expect(Object.values(await desk.clocks(request.id)).map((row) => row.state)).toEqual([
      'void',
      'void',
      'void',
    ])
    expect(await desk.request(request.id)).toMatchObject({ openSlot: null, nextDueAt: NEVER_DUE })
  })

  test('a missed promise rests while the request is on hold and goes on where it was', async () => {
    const request = await desk.make()
    await desk.move(request, 'accept')
    desk.app.clock.advance(101 * MINUTE)
    for (const _ of ['warn', 'breach']) await sweepClocks(desk.app.ctx())
    const missed = await clock(request.id, 'arrive')
    expect(missed).toMatchObject({ state: 'missed', nextStep: 'escalate1', metAt: null })
    await desk.move(request, 'hold', { holdReason: 'weather' })
    desk.app.clock.advance(5 * HOUR)
    await sweepClocks(desk.app.ctx())
    const resting = await clock(request.id, 'arrive')
    expect(resting).toMatchObject({ nextStep: 'escalate1', nextStepAt: null, stepLeftMs: 59 * MINUTE })
    expect(isOpen(resting)).toBe(true)
    await desk.move(request, 'resume')
    expect(await clock(request.id, 'arrive')).toMatchObject({
      nextStepAt: desk.app.clock.now() + 59 * MINUTE,
      stepLeftMs: null,
    })
    expect((await desk.request(request.id)).escalation).toBe(0)
  })
})

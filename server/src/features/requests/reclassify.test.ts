import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { addStep } from './add-step'
import type { RequestRow } from './entities'
import { evidenceMissing } from './policy'
import { reclassify } from './reclassify'
import { typeOfRequest } from './run-clocks'
import { lockRequest } from './store'
import { sweepClocks } from './sweep-clocks'
import { RequestDesk, staffActor } from './test-request-desk'
import { assertVersion } from './touch-request'

const MINUTE = 60_000

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

  const change = (id: string, to: { typeId: string; priority: number }): Promise<RequestRow> =>
    inTransaction(desk.app.ctx(), async (tx) =>
      reclassify(tx, desk.app.ctx(), { request: await lockRequest(tx, id), ...to }),
    )

  test('open clocks follow the new priority and type from the first moment, pauses taken off', async () => {
    const request = await desk.make()
    desk.app.clock.advance(10 * MINUTE)
    await desk.move(request, 'accept')
    await desk.move(request, 'hold', { holdReason: 'customer' })
    desk.app.clock.advance(500 * MINUTE)
    await desk.move(request, 'resume')
    const urgent = await change(request.id, { typeId: 'cold', priority: 1 })
    const dueAt = desk.app.clock.now() + 40 * MINUTE
    expect(urgent).toMatchObject({ priority: 1, nextDueAt: dueAt })
    expect((await desk.clocks(request.id))['arrive']).toMatchObject({
      limitMinutes: 50,
      dueAt,
      state: 'running',
    })
    const complaint = await change(request.id, { typeId: 'manners', priority: 3 })
    expect(complaint).toMatchObject({ typeId: 'manners', class: 'complaint', number: request.number })
    const clocks = await desk.clocks(request.id)
    expect([clocks['accept']?.state, clocks['arrive']?.state, clocks['reply']?.state]).toEqual([
      'met',
      'void',
      'running',
    ])
    expect(clocks['reply']?.limitMinutes).toBe(450)
  })

  test('what was missed under the wrong type is not missed under the right one, and escalation ends', async () => {
    const request = await desk.make({ typeId: 'leak', householdId: (await desk.household([])).id })
    desk.app.clock.advance(200 * MINUTE)
    for (let turn = 0; turn < 3; turn++) await sweepClocks(desk.app.ctx())
    expect(await desk.request(request.id)).toMatchObject({ escalation: 1 })
    const right = await change(request.id, { typeId: 'other', priority: 4 })
    expect(right).toMatchObject({ escalation: 0, class: 'other' })
    expect((await desk.clocks(request.id))['arrive']).toMatchObject({ state: 'void', nextStepAt: null })
  })

  test('a type that promises more adds what it promises, from the first moment', async () => {
    const request = await desk.make({ typeId: 'other' })
    expect(await desk.clocks(request.id)).toEqual({})
    desk.app.clock.advance(5 * MINUTE)
    await change(request.id, { typeId: 'cold', priority: 3 })
    const clocks = await desk.clocks(request.id)
    expect(clocks['accept']).toMatchObject({ state: 'running', dueAt: request.createdAt + 30 * MINUTE })
    expect(clocks['reply']).toMatchObject({ state: 'waiting', dueAt: null })
  })

  test('a type that there is not is refused, and so is a form that grew stale', async () => {
    const request = await desk.make()
    await expect(change(request.id, { typeId: 'gone', priority: 1 })).rejects.toMatchObject({
      code: 'not_found',
    })
    const moved = await desk.move(request, 'accept')
    expect(() => assertVersion(moved, request.version)).toThrow(
      expect.objectContaining({ code: 'request_changed' }),
    )
    expect(() => assertVersion(moved, moved.version)).not.toThrow()
  })

  test('two at the desk move at once: one wins, the other reads that it changed', async () => {
    const request = await desk.make()
    const act = (move: 'accept' | 'cancel'): Promise<RequestRow> =>
      inTransaction(desk.app.ctx(), async (tx) => {
        const locked = await lockRequest(tx, request.id)
        assertVersion(locked, request.version)
        return desk.moveIn(tx, locked, move)
      })
    const results = await Promise.allSettled([act('accept'), act('cancel'), act('accept'), act('cancel')])
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused.map((result) => (result.reason as { code: string }).code)).toEqual(
      Array(3).fill('request_changed'),
    )
    expect((await desk.request(request.id)).version).toBe(2)
  })

  test('work counts as done when its evidence is there, of this round; what the desk solves alone needs none', async () => {
    const worker = await desk.worker(['worker'])
    const by = { kind: 'staff', id: worker.id, name: '孙建国', roles: ['worker'] } as const
    const request = await desk.make({ typeId: 'leak', householdId: (await desk.household([])).id })
    const ctx = desk.app.ctx()
    const missing = async (): Promise<string[]> =>
      evidenceMissing(ctx.db.reader, await desk.request(request.id), await typeOfRequest(ctx, request))
    const give = (kind: string, fileRole?: 'after' | 'signature'): Promise<unknown> =>
      inTransaction(ctx, async (tx) =>
        addStep(tx, ctx, {
          request,
          kind,
          title: '现场记录',
          by,
          fileIds: fileRole ? [await fileOf(worker.id)] : [],
          fileRole,
        }),
      )
    const fileOf = async (id: string): Promise<string> => files.pop() ?? id
    const files = [await desk.file(worker.id, 'image', 'staff'), await desk.file(worker.id, 'image', 'staff')]
    await desk.move(request, 'dispatch', { assign: { teamId: 'T', staffId: worker.id, answerBy: null } })
    await desk.move(request, 'arrive', { by })
    await expect(desk.move(request, 'resolve', { by, words: '修好了' })).rejects.toMatchObject({
      message: '还缺处理后的照片、住户签字、测温记录，补上后才能办结。',
    })
    await give('reading')
    await give('photo', 'after')
    expect(await missing()).toEqual(['signature'])
    await give('signature', 'signature')
    expect((await desk.move(request, 'resolve', { by, words: '修好了' })).state).toBe('resolved')
    desk.app.clock.advance(MINUTE)
    await desk.move(request, 'reopen', { by: staffActor('supervisor'), words: '又漏' })
    expect(await missing()).toEqual(['after-photo', 'signature', 'reading'])
    expect((await desk.move(request, 'resolve', { words: '电话里已确认' })).state).toBe('resolved')
  })
})

import { assemblePortal, openCore } from '../../assemble'
import { createLogger } from '../../core/log'
import { eachEngine } from '../../testing/harness'
import { sweepClocks } from './sweep-clocks'
import { RequestDesk, staffActor } from './test-request-desk'

const MINUTE = 60_000

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

  const internalKinds = async (id: string): Promise<string[]> =>
    (await desk.steps(id)).filter((step) => step.internal === 1).map((step) => step.kind)

  test('a promise about to be missed is warned of, then missed, then climbs the chain, each once', async () => {
    const lead = await desk.worker(['worker', 'dispatcher'], { name: '李班长' })
    const teamId = await desk.team(lead.id)
    const worker = await desk.worker(['worker'], { teamId })
    const first = await desk.worker(['supervisor'], { name: '赵主管' })
    const second = await desk.worker(['supervisor'], { name: '钱主管' })
    const request = await desk.make({ typeId: 'street' })
    await desk.move(request, 'accept')
    await desk.move(request, 'dispatch', { assign: { teamId, staffId: worker.id, answerBy: null } })
    const seen: [number, number, string[]][] = []
    for (const minutes of [69, 71, 99, 101, 159, 161, 339, 341, 1539, 1541, 3000]) {
      desk.app.clock.set(request.createdAt + minutes * MINUTE)
      await desk.app.runJobs()
      await sweepClocks(desk.app.ctx())
      const { escalation } = await desk.request(request.id)
      seen.push([minutes, escalation, await internalKinds(request.id)])
    }
    const warned = ['clock-warn']
    const breached = [...warned, 'clock-breach']
    const up = (times: number): string[] => [...breached, ...Array<string>(times).fill('escalated')]
    expect(seen).toEqual([
      [69, 0, []],
      [71, 0, warned],
      [99, 0, warned],
      [101, 0, breached],
      [159, 0, breached],
      [161, 1, up(1)],
      [339, 1, up(1)],
      [341, 2, up(2)],
      [1539, 2, up(2)],
      [1541, 3, up(3)],
      [3000, 3, up(3)],
    ])
    expect(await desk.told(worker.walletId)).toHaveLength(3)
    expect(await desk.told(lead.walletId)).toHaveLength(3)
    const supervisors = [await desk.told(first.walletId), await desk.told(second.walletId)]
    // One of them at the second level, both at the third.
    expect(supervisors.map((messages) => messages.length).sort()).toEqual([1, 2])
    expect(await desk.request(request.id)).toMatchObject({
      version: 3,
      nextDueAt: request.createdAt + 100 * MINUTE,
    })
  })

  test('what was due while nobody ran is made up for in order, and rests when the promise is kept', async () => {
    const request = await desk.make({ typeId: 'street' })
    desk.app.clock.advance(3000 * MINUTE)
    for (let turn = 0; turn < 8; turn++) await sweepClocks(desk.app.ctx())
    const before = await internalKinds(request.id)
    expect(before.filter((kind) => kind === 'escalated')).toHaveLength(6)
    expect((await desk.request(request.id)).escalation).toBe(3)
    await desk.move(request, 'accept')
    await desk.move(request, 'resolve', { words: '好了' })
    desk.app.clock.advance(3000 * MINUTE)
    await sweepClocks(desk.app.ctx())
    expect(await internalKinds(request.id)).toEqual(before)
  })

  test('many nodes that sweep at once warn once', async () => {
    const requests = await Promise.all([
      desk.make({ typeId: 'street' }),
      desk.make({ typeId: 'street' }),
      desk.make({ typeId: 'street' }),
    ])
    desk.app.clock.advance(22 * MINUTE)
    await Promise.all([1, 2, 3, 4].map(() => sweepClocks(desk.app.ctx())))
    for (const request of requests) expect(await internalKinds(request.id)).toEqual(['clock-warn'])
  })

  test('a staff member who writes meanwhile is not refused because of a warning', async () => {
    const request = await desk.make({ typeId: 'street' })
    desk.app.clock.advance(22 * MINUTE)
    await sweepClocks(desk.app.ctx())
    expect((await desk.request(request.id)).version).toBe(request.version)
  })

  test('one request that cannot be swept keeps no other waiting', async () => {
    const broken = await desk.make({ typeId: 'street' })
    const whole = await desk.make({ typeId: 'street' })
    await desk.change("UPDATE request SET typeId = 'gone' WHERE id = ?", [broken.id])
    desk.app.clock.advance(22 * MINUTE)
    await sweepClocks(desk.app.ctx())
    expect(await internalKinds(broken.id)).toEqual([])
    expect(await internalKinds(whole.id)).toEqual(['clock-warn'])
  })

  if (engine === 'mariadb') {
    test('a second process on the same database takes what the first left, and nothing twice', async () => {
      const opened = await openCore(desk.app.config, { clock: desk.app.clock, log: createLogger('silent') })
      const other = assemblePortal(opened, desk.app.platforms, { poll: false })
      const request = await desk.make({ typeId: 'street' })
      await desk.move(request, 'accept', { by: staffActor('agent') })
      desk.app.clock.advance(71 * MINUTE)
      await Promise.all([desk.app.runJobs(), other.jobs.runDue()])
      expect(await internalKinds(request.id)).toEqual(['clock-warn'])
      await other.jobs.stop()
      await opened.close()
    })
  }
})

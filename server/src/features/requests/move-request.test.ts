import { eachEngine } from '../../testing/harness'
import { type Actor, residentActor, SYSTEM } from './actor'
import type { RequestRow } from './entities'
import { requestState, type RequestState } from './schema'
import { type Move, type MoveName, MOVES, type Mover } from './states'
import { RequestDesk, staffActor } from './test-request-desk'

const ROLES: readonly Mover[] = [
  'agent',
  'dispatcher',
  'worker',
  'publisher',
  'finance',
  'supervisor',
  'security-admin',
  'auditor',
  'resident',
  'system',
]
const RESIDENT = '01RESIDENT0000000000000000'
const WORKER = staffActor().id ?? ''

function actor(mover: Mover): Actor {
  if (mover === 'system') return SYSTEM
  return mover === 'resident' ? residentActor(RESIDENT) : staffActor(mover)
}

/** Everything that any move may need, so that only state and role can be the reason of a refusal. */
const EVERYTHING = {
  notice: { id: '01NOTICE000000000000000000', title: '停暖' },
  words: '写明情况',
  reason: '写明原因',
  holdReason: 'parts',
  assign: { teamId: '01TEAM00000000000000000000', staffId: null, answerBy: null },
} as const

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

  /** A request that stands there, with whatever that state brings with it. */
  const standing = async (state: RequestState): Promise<RequestRow> => {
    const parent = state === 'merged' ? await desk.make() : null
    const { id } = await desk.make()
    await desk.change(
      'UPDATE request SET state = ?, stateBefore = ?, mergedState = ?, parentId = ?, assigneeId = ?, reopenUntil = ?, openSlot = ? WHERE id = ?',
      [
        state,
        state === 'on-hold' ? 'accepted' : null,
        state === 'merged' ? 'accepted' : null,
        parent?.id ?? null,
        WORKER,
        desk.app.clock.now() + 1000,
        ['closed', 'cancelled', 'merged'].includes(state) ? null : 1,
        id,
      ],
    )
    return desk.request(id)
  }

  const moves = Object.keys(MOVES) as MoveName[]

  test('every combination of state, move and role is allowed exactly where the table says so', async () => {
    const main = await desk.make()
    const wrong: string[] = []
    for (const state of requestState.options) {
      const request = await standing(state)
      for (const move of moves) {
        const definition: Move = MOVES[move]
        for (const role of ROLES) {
          // What a follower does depends on a parent; it has a test of its own.
          if (move === 'follow' && state !== 'merged') continue
          const legal = definition.from.includes(state) && definition.by.includes(role)
          const outcome = await tryMove(request.id, move, role, main.id)
          if (legal !== (outcome === 'moved')) wrong.push(`${state} ${move} ${role}: ${outcome}`)
        }
      }
    }
    expect(wrong).toEqual([])
  }, 120_000)

  /** Tries and takes it back, so that one row serves for every try. */
  const tryMove = async (id: string, move: MoveName, role: Mover, parentId: string): Promise<string> => {
    const taken = new Error('taken back')
    return desk
      .move(id, move, { ...EVERYTHING, parentId, by: actor(role) }, () => Promise.reject(taken))
      .then(
        () => 'kept',
        (error: unknown) => {
          if (error === taken) return 'moved'
          const { code, message } = error as { code?: string; message: string }
          return `${code}: ${message}`
        },
      )
  }

  test('a refusal says what the request is and what cannot be done with it', async () => {
    const request = await standing('closed')
    await expect(desk.move(request, 'dispatch', EVERYTHING)).rejects.toMatchObject({
      code: 'move_not_allowed',
      message: '这个报修已经办结，不能再派单。',
    })
    await expect(
      desk.move(request, 'reopen', { by: staffActor('worker'), words: '还是漏' }),
    ).rejects.toMatchObject({
      code: 'move_not_allowed',
      message: '您的岗位不能重新打开，请联系有权限的同事。',
    })
  })

  test('every move asks for what the table says that it needs', async () => {
    const without: [MoveName, RequestState, string][] = [
      ['return', 'accepted', '退回要写明原因。'],
      ['dispatch', 'accepted', '派单要选班组或师傅。'],
      ['hold', 'accepted', '暂停要选原因：等住户、等配件或等天气。'],
      ['resolve', 'accepted', '办结要写明情况。'],
      ['cancel', 'accepted', '撤销要写明原因。'],
      ['reopen', 'resolved', '重新打开要写明情况。'],
      ['merge', 'accepted', '合并要写明原因。'],
      ['split', 'merged', '拆分要写明原因。'],
    ]
    for (const [move, state, message] of without) {
      const request = await standing(state)
      await expect(desk.move(request, move)).rejects.toMatchObject({ code: 'move_not_allowed', message })
    }
    const request = await standing('accepted')
    await expect(desk.move(request, 'merge', { reason: '同一处' })).rejects.toMatchObject({
      message: '合并要选主单。',
    })
  })

  test('a worker moves only what is in their own hands', async () => {
    const { id: residentId } = await desk.resident()
    const { id: householdId } = await desk.household([residentId])
    const request = await desk.make({ residentId, householdId })
    const sun = await desk.worker(['worker'], { name: '孙建国' })
    const by = { kind: 'staff', id: sun.id, name: '孙建国', roles: ['worker'] } as const
    await desk.move(request, 'dispatch', { assign: { teamId: 'T', staffId: sun.id, answerBy: null } })
    await expect(desk.move(request, 'set-out', { by: staffActor('worker') })).rejects.toMatchObject({
      message: '这一单不在您手上，请刷新看看最新状态。',
    })
    const moved = await desk.move(request, 'set-out', { by })
    expect(moved.state).toBe('on-the-way')
    expect(await desk.told(residentId)).toEqual([
      '已提交，等待受理｜最迟 10:30 前受理',
      '已安排师傅｜已安排孙师傅',
      '师傅在路上｜孙师傅已出发',
    ])
  })

  test('a whole life: each state is reached, each step is told, and the clocks are met', async () => {
    const { id: residentId } = await desk.resident()
    const { id: householdId } = await desk.household([residentId])
    const request = await desk.make({ residentId, householdId })
    expect(request).toMatchObject({ state: 'submitted', openSlot: 1, areaName: '松海园 41号楼' })
    expect(request.number).toMatch(/^BX20261122-\d{6}$/)
    await desk.move(request, 'accept')
    await desk.move(request, 'dispatch', EVERYTHING)
    await desk.change('UPDATE request SET assigneeId = ? WHERE id = ?', [WORKER, request.id])
    await desk.move(request, 'set-out')
    desk.app.clock.advance(10 * 60_000)
    await desk.move(request, 'arrive', { facts: { latE6: 1 } })
    const resolved = await desk.move(request, 'resolve', { words: '换了阀门' })
    expect(resolved).toMatchObject({ state: 'resolved', openSlot: 1, wake: 'close' })
    const closed = await desk.move(request, 'close')
    expect(closed).toMatchObject({ state: 'closed', openSlot: null, wake: 'rate' })
    const clocks = await desk.clocks(request.id)
    expect(Object.values(clocks).map((clock) => [clock.kind, clock.state])).toEqual([
      ['accept', 'met'],
      ['arrive', 'met'],
      ['reply', 'met'],
    ])
    expect((await desk.steps(request.id)).map((step) => step.kind)).toEqual([
      'submitted',
      'move:accept',
      'move:dispatch',
      'note:dispatch',
      'move:set-out',
      'move:arrive',
      'move:resolve',
      'move:close',
    ])
    expect(await desk.told(residentId)).toHaveLength(7)
  })
})

import { type AtWork, buildAtWork, buildSignedIn, send } from '../../testing/at-work'
import { eachEngine } from '../../testing/harness'
import { saveSlots } from '../appointments/save-slots'
import { residentActor } from '../requests/actor'
import { deskOperations } from './schema'
import { TestDesk } from './test-desk'

type Name = keyof typeof deskOperations

eachEngine((engine) => {
  let desk: TestDesk
  let wang: AtWork
  beforeAll(async () => {
    desk = await TestDesk.open(engine)
    wang = await buildAtWork(desk.world.app, ['supervisor'], { name: '王晓' })
  })
  afterAll(() => desk.close())

  let serial = 0
  /** Calls as the console does and holds the answer against the contract. */
  async function call<N extends Name>(name: N, input: Record<string, unknown>, who: AtWork = wang) {
    const operation = deskOperations[name]
    const clientId = `console-${String(++serial).padStart(12, '0')}`
    const whole = operation.method === 'POST' ? { clientId, ...input } : input
    const response = await send(desk.world.app, { name, method: operation.method }, who.headers, whole)
    const body: unknown = await response.json()
    if (response.status === 200) operation.output.parse(body)
    return { status: response.status, body: body as Record<string, never> }
  }

  const buildSlot = async (): Promise<string> => {
    const teamId = await desk.world.team(null)
    const spans = [{ from: '09:00', to: '11:00', capacity: 3 }]
    const plan = { clientId: 'plan-0123456789abcdef', teamId, day: '2026-11-24', spans }
    return (await saveSlots(desk.as(), plan)).slots[0]?.slotId ?? ''
  }
  /** A large export of Wang's that a colleague approved. */
  const buildApproved = async (): Promise<string> => {
    const boss = await buildAtWork(desk.world.app, ['supervisor'])
    const input = { query: 'tab=all', columns: ['state'], reason: '核对来电' }
    const exportId = String((await call('desk.export', input)).body['exportId'])
    await desk.world.change("UPDATE desk_export SET state = 'waiting', expiresAt = expiresAt + 9000000", [])
    expect((await call('desk.decideExport', { exportId, approve: true }, boss)).status).toBe(200)
    return exportId
  }

  test('every operation of the desk answers as its contract says', async () => {
    const { id: residentId } = await desk.world.resident()
    const household = await desk.world.household([residentId])
    const { accountNo } = await desk.world.one<{ accountNo: string }>(
      'SELECT accountNo FROM household WHERE id = ?',
      [household.id],
    )
    const by = residentActor(residentId)
    const [one, two] = [await desk.make({ householdId: household.id, residentId, by }), await desk.make()]
    const [slotId, exportId] = [await buildSlot(), await buildApproved()]
    const [reported] = await desk.world.steps(one.id)
    const photo = await desk.world.file(wang.id, 'image', 'staff')
    const requestId = one.id
    const steps: [Name, Record<string, unknown>][] = [
      ['desk.list', { states: 'open', limit: 10 }],
      ['desk.counts', {}],
      ['desk.get', { requestId }],
      ['desk.look', { requestId, looking: 'yes' }],
      ['desk.move', { requestId, version: one.version, move: 'accept' }],
      ['desk.bulk', { requestIds: [two.id], move: 'accept' }],
      ['desk.note', { requestId, words: '备注', fileIds: [photo] }],
      ['desk.judgeWords', { requestId, stepId: reported?.id, verdict: 'fine', reason: '看过' }],
      ['desk.slots', { companyId: 'heating', typeId: 'cold' }],
      ['desk.holdVisit', { companyId: 'heating', typeId: 'cold', slotId }],
      ['desk.reply', { requestId, words: '下午到' }],
      ['desk.link', { requestId, otherId: two.id, linked: true }],
      ['desk.merge', { parentId: requestId, childIds: [two.id], reason: '同一栋' }],
      ['desk.linkNotice', { requestIds: [requestId], noticeId: requestId }],
      ['desk.split', { childIds: [two.id], reason: '不是同一栋' }],
      ['desk.unmask', { requestId, field: 'accountNo', reason: '核对户号' }],
      ['desk.findHousehold', { companyId: 'heating', q: accountNo }],
      ['desk.export', { query: 'tab=all', columns: ['state'] }],
      ['desk.exports', {}],
      ['desk.takeExport', { exportId }],
      ['views.save', { viewId: null, name: '超时', query: 'due=overdue', shared: true }],
      ['views.list', {}],
      [
        'replies.save',
        { templateId: null, companyId: 'heating', title: '模板', text: '{{编号}}', typeIds: [] },
      ],
      ['replies.list', { requestId }],
      [
        'desk.create',
        {
          companyId: 'heating',
          typeId: 'cold',
          catalogueVersion: 1,
          words: '家里不热',
          answers: { rooms: '全屋都冷' },
          callerKind: 'counter',
          accountNo,
        },
      ],
    ]
    for (const [name, input] of steps) expect([name, (await call(name, input)).status]).toEqual([name, 200])
    const seen = async () => ({ requestId, version: (await desk.world.request(requestId)).version })
    expect((await call('desk.bookVisit', { ...(await seen()), slotId })).status).toBe(200)
    expect((await call('desk.cancelVisit', { ...(await seen()), reason: '改天再约' })).status).toBe(200)
    const { version } = await seen()
    const classified = { requestId, version, typeId: 'leak', priority: 1, reason: '漏水' }
    expect((await call('desk.classify', classified)).status).toBe(200)
    const check = await call('desk.check', { requestId, index: 0, done: true })
    expect(check.status).toBe(404)
    const others = [
      'desk.classify',
      'desk.check',
      'desk.bookVisit',
      'desk.cancelVisit',
      'desk.decideExport',
      'desk.showCallPhone',
    ]
    const done = new Set<string>([...steps.map(([name]) => name), ...others])
    expect(Object.keys(deskOperations).filter((name) => !done.has(name))).toEqual([])
  })

  test('residents read replies and never what colleagues wrote among themselves, nor its photos', async () => {
    const wife = await buildSignedIn(desk.world.app)
    const request = await desk.make({ residentId: wife.id })
    const photo = await desk.world.file(wang.id, 'image', 'staff')
    const requestId = request.id
    await call('desk.note', { requestId, words: '此人多次投诉', fileIds: [photo] })
    const { version } = await desk.world.request(requestId)
    await call('desk.classify', { requestId, version, typeId: 'other', priority: 4, reason: '不归我们管' })
    await call('desk.reply', { requestId, words: '师傅下午到' })
    const asked = { name: 'requests.get', method: 'GET' }
    const response = await send(desk.world.app, asked, wife.headers, { requestId })
    expect(response.status).toBe(200)
    const text = await response.text()
    expect(text).toContain('师傅下午到')
    for (const secret of ['此人多次投诉', '不归我们管', photo, '内部备注']) expect(text).not.toContain(secret)
    const seen = await call('desk.get', { requestId })
    expect(JSON.stringify(seen.body)).toContain('此人多次投诉')
    expect(JSON.stringify(seen.body)).toContain(photo)
  })

  test('the second of two taps is the first one’s answer, and a repeat with other words is refused', async () => {
    const { id } = await desk.make()
    const input = { clientId: 'tap-0123456789abcdef', requestId: id, words: '只写一次' }
    const first = await call('desk.note', input)
    const second = await call('desk.note', input)
    expect(second.body).toEqual(first.body)
    expect((await desk.world.steps(id)).filter(({ words }) => words === '只写一次')).toHaveLength(1)
    expect((await call('desk.note', { ...input, words: '改了' })).status).toBe(409)
    const together = await Promise.all(
      Array.from({ length: 20 }, () =>
        call('desk.note', { clientId: 'tap-0123456789abcdeg', requestId: id, words: '二十次' }),
      ),
    )
    expect(together.every(({ status }) => status === 200 || status === 503)).toBe(true)
    expect((await desk.world.steps(id)).filter(({ words }) => words === '二十次')).toHaveLength(1)
  })

  test('an unmasked look leaves its reason in the audit, and no value', async () => {
    const { id } = await desk.make({ contactPhone: '13712345678' })
    const look = { requestId: id, field: 'contactPhone', reason: '回拨确认地址' }
    expect((await call('desk.unmask', look)).status).toBe(200)
    const rows = await desk.world.rows<{ detail: string; actor: string; object: string }>(
      "SELECT detail, actor, object FROM audit_log WHERE action = 'desk.unmask' ORDER BY id DESC LIMIT 1",
    )
    expect(rows[0]).toMatchObject({ actor: `staff:${wang.id}`, object: `request:${id}` })
    expect(rows[0]?.detail).toContain('回拨确认地址')
    expect(JSON.stringify(rows)).not.toContain('13712345678')
    expect((await call('desk.unmask', { ...look, reason: '看' })).status).toBe(422)
  })
})

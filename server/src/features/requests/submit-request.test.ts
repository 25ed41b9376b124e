import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { answerProxy } from '../family/answer-proxy'
import { listProxies } from '../family/list-proxies'
import { CONSENT } from '../family/words'
import { buildAsk } from '../../testing/build-family'
import { contactOf } from './contact'
import { getRequest } from './get-request'
import { presentRequest } from './present-request'
import { createRequest } from './create-request'
import type { RequestRow } from './entities'
import { submitRequest, type SubmitInput } from './submit-request'
import { newRequest } from './test-catalogue'
import { RequestDesk } from './test-request-desk'

const input = (over: Partial<SubmitInput> = {}): SubmitInput => ({
  companyId: 'heating',
  typeId: 'cold',
  catalogueVersion: 1,
  words: '客厅暖气不热',
  answers: {},
  fileIds: [],
  anonymous: false,
  dangerSeen: false,
  ...over,
})

// What `actsFor` finds is named in the request and told to whom it is done for.
eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine, { requests: { perDay: 10 } })
  })
  afterAll(() => desk.close())

  const submit = (
    residentId: string,
    over: Partial<SubmitInput> = {},
    channel = 'alipay-mini',
  ): Promise<RequestRow> => submitRequest(desk.app.asResident(residentId, channel), input(over))

  test('a child reports for a parent whose home is not bound, with the address and whom to call', async () => {
    const { id } = await desk.resident()
    const forMother = {
      typeId: 'leak',
      dangerSeen: true,
      onBehalfOf: '妈妈',
      addressText: '松海园41号楼6单元404',
      contactPhone: '13900005678',
    }
    const row = await desk.request((await submit(id, forMother)).id)
    expect(row).toMatchObject({ householdId: null, residentId: id })
    expect(contactOf(desk.app.ctx(), row)).toMatchObject({
      name: '妈妈',
      phone: '13900005678',
      address: '松海园41号楼6单元404',
      onBehalfOf: '妈妈',
    })
    await expect(submit(id, { ...forMother, addressText: undefined })).rejects.toMatchObject({
      fields: [{ path: 'addressText', message: '请填写家人的地址。' }],
    })
    await expect(submit(id, { ...forMother, onBehalfOf: undefined })).rejects.toMatchObject({
      fields: [{ path: 'householdId', message: '请选择是哪一户。' }],
    })
  })

  test('whoever acts for a parent is named with them in the request, in the audit and with the parent', async () => {
    const parent = (await desk.resident()).id
    const home = await desk.household([parent])
    const { agentId, token } = await buildAsk(desk.app)
    await answerProxy(desk.app.asResident(parent), {
      token,
      agree: true,
      householdIds: [home.id],
      ...CONSENT,
    })
    const { id } = await submit(agentId, { householdId: home.id })
    const row = await desk.request(id)
    expect(contactOf(desk.app.ctx(), row).onBehalfOf).toContain('*')
    const [proxy] = (await listProxies(desk.app.asResident(parent))).proxies
    expect(proxy?.acts.map(({ words }) => words)).toEqual([expect.stringContaining('提交了一件诉求')])
    expect(
      await desk.rows("SELECT action FROM audit_log WHERE action = 'family.acted' AND object = ?", [
        `request:${id}`,
      ]),
    ).toHaveLength(1)
    const own = await desk.request((await submit(parent, { householdId: home.id })).id)
    expect(contactOf(desk.app.ctx(), own).onBehalfOf).toBeNull()
  })

  test('what has a page of its own is applied for there alone; what the desk wrote down stays readable', async () => {
    const { id } = await desk.resident()
    const ctx = desk.app.ctx()
    await expect(submit(id, { typeId: 'stop-heat' })).rejects.toMatchObject({
      code: 'move_not_allowed',
      message: '停供请到“供热服务”里申请，先看费用再提交。',
    })
    const { row } = await inTransaction(ctx, (tx) =>
      createRequest(tx, ctx, newRequest({ typeId: 'stop-heat', residentId: id })),
    )
    const mine = desk.app.asResident(id)
    const kept = await getRequest(mine, { requestId: row.id })
    expect(await presentRequest(mine, kept.row, kept.viewer)).toMatchObject({ typeName: '停供' })
  })

  test('a request carries its place, its contact under seal, its promises and its photos', async () => {
    const { id } = await desk.resident()
    const household = await desk.household([id])
    const photo = await desk.file(id)
    const voice = await desk.file(id, 'voice')
    const row = await submit(id, {
      householdId: household.id,
      answers: { rooms: '全屋都冷', unknown: 'x' },
      fileIds: [photo, voice],
      contactName: '李秀英',
      contactPhone: '13900001234',
    })
    const stored = await desk.request(row.id)
    expect(stored).toMatchObject({
      state: 'submitted',
      areaId: household.unitId,
      areaName: '松海园 41号楼',
      hasPhotos: 1,
      answers: '{"rooms":"全屋都冷"}',
      channel: 'alipay-mini',
    })
    expect(JSON.stringify(stored)).not.toMatch(/李秀英|13900001234|单元404/)
    const files = await desk.rows<{ role: string; claim: string }>(
      'SELECT f.role, s.claim FROM request_file f JOIN stored_file s ON s.id = f.fileId WHERE f.requestId = ?',
      [row.id],
    )
    expect(files).toEqual([
      { role: 'problem', claim: `request:${row.id}` },
      { role: 'problem', claim: `request:${row.id}` },
    ])
    expect(await desk.told(id)).toEqual(['已提交，等待受理｜最迟 10:30 前受理'])
  })

  test('whoever says nothing about the contact is called as last time', async () => {
    const { id } = await desk.resident()
    await submit(id, { contactName: '李秀英', contactPhone: '13900001234' })
    const again = await submit(id)
    const [first] = await desk.rows<RequestRow>('SELECT * FROM request WHERE residentId = ? ORDER BY id', [
      id,
    ])
    expect(again.phoneIndex).toBe(first?.phoneIndex)
    expect(again.phoneIndex).not.toBeNull()
  })

  test('an anonymous complaint keeps who made it to itself', async () => {
    const { id } = await desk.resident()
    const household = await desk.household([id])
    const row = await submit(id, {
      typeId: 'manners',
      householdId: household.id,
      anonymous: true,
      contactPhone: '13900001234',
    })
    expect(row).toMatchObject({ householdId: null, phoneIndex: null, areaName: '松海园', anonymous: 1 })
    expect(row.areaId).not.toBe(household.unitId)
    await expect(submit(id, { anonymous: true })).rejects.toMatchObject({ message: '这一类不能匿名提交。' })
  })

  test('what the type needs is asked for, and named', async () => {
    const { id } = await desk.resident()
    const { id: stranger } = await desk.resident()
    const household = await desk.household([stranger])
    const own = await desk.household([id])
    const refused: [Partial<SubmitInput>, object][] = [
      [
        { typeId: 'leak', dangerSeen: true },
        { fields: [{ path: 'householdId', message: '请选择是哪一户。' }] },
      ],
      [{ typeId: 'leak', householdId: own.id }, { code: 'danger_not_seen' }],
      [{ householdId: household.id }, { code: 'not_found' }],
      [{ answers: { rooms: '别的' } }, { code: 'invalid_input' }],
      [{ typeId: 'nothing' }, { code: 'not_found' }],
      [{ catalogueVersion: 7 }, { code: 'not_found' }],
      [{ companyId: 'nobody' }, { code: 'not_found' }],
      [{ onBehalfOf: '妈妈' }, { fields: [{ path: 'contactPhone', message: '请填写家人的电话' }] }],
      [{ fileIds: [await desk.file(stranger)] }, { code: 'not_found' }],
      [{ typeId: 'manners', fileIds: [await desk.file(id)] }, { message: '这一类不需要照片。' }],
    ]
    for (const [over, error] of refused) await expect(submit(id, over)).rejects.toMatchObject(error)
    const seven = await Promise.all(Array.from({ length: 7 }, () => desk.file(id)))
    await expect(submit(id, { fileIds: seven })).rejects.toMatchObject({
      message: '最多6张照片、1段录音、1段视频。',
    })
    expect(await desk.rows('SELECT id FROM request WHERE residentId = ?', [id])).toEqual([])
    expect(
      await desk.rows('SELECT id FROM stored_file WHERE ownerId = ? AND claim IS NOT NULL', [id]),
    ).toEqual([])
  })

  test('words from WeChat are judged before anything is written: refused, passed on with a mark, or fine', async () => {
    const { id } = await desk.resident()
    const check = desk.app.platforms.contentCheck
    const judged = (verdict: 'pass' | 'review' | 'risky') => ({ state: 'checked', verdict }) as const
    const spy = jest.spyOn(check, 'checkText')
    spy.mockResolvedValueOnce(judged('risky'))
    await expect(submit(id, { words: '坏话坏话' }, 'wechat-mini')).rejects.toMatchObject({
      code: 'words_refused',
    })
    spy.mockResolvedValueOnce(judged('review'))
    expect((await submit(id, {}, 'wechat-mini')).wordsFlagged).toBe(1)
    spy.mockResolvedValueOnce({ state: 'unavailable', platformCode: '-1' })
    expect((await submit(id, {}, 'wechat-mini')).wordsFlagged).toBe(1)
    spy.mockResolvedValueOnce(judged('pass'))
    expect((await submit(id, {}, 'wechat-mini')).wordsFlagged).toBe(0)
    expect(spy).toHaveBeenCalledTimes(4)
    spy.mockRestore()
    expect(await desk.rows('SELECT id FROM request WHERE residentId = ?', [id])).toHaveLength(3)
  })

  test('a day has room for ten, also when they come at once', async () => {
    const { id } = await desk.resident()
    const results = await Promise.allSettled(Array.from({ length: 14 }, () => submit(id)))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(10)
    await expect(submit(id)).rejects.toMatchObject({ code: 'request_limit' })
    desk.app.clock.advance(24 * 3_600_000)
    expect((await submit(id)).number).toMatch(/^BX20261123-/)
  })

  test('fifty at once, of two companies, have fifty numbers that belong to nobody else', async () => {
    const rows = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        inTransaction(desk.app.ctx(), async (tx) => {
          const draft = newRequest({ companyId: index % 2 === 0 ? 'heating' : 'gas', typeId: 'other' })
          return (await createRequest(tx, desk.app.ctx(), draft)).row
        }),
      ),
    )
    expect(new Set(rows.map((row) => row.number)).size).toBe(50)
    expect(new Set(rows.map((row) => row.number.split('-')[1])).size).toBe(50)
    expect(rows.every((row) => /^QT20261123-\d{6}$/.test(row.number))).toBe(true)
  })

  test('what fails in the middle leaves nothing: no number, no line, no clock, no message, and the photo is free', async () => {
    const { id } = await desk.resident()
    const photo = await desk.file(id)
    const counts = async (): Promise<unknown> =>
      Promise.all(
        ['request', 'request_step', 'request_clock', 'request_file', 'request_counter', 'message', 'job'].map(
          async (table) => desk.one(`SELECT COUNT(*) AS n FROM ${table}`),
        ),
      )
    const before = await counts()
    const counter = await desk.rows('SELECT * FROM request_counter ORDER BY companyId, day')
    const died = new Error('the process was killed')
    await expect(
      inTransaction(desk.app.ctx(), async (tx) => {
        await createRequest(
          tx,
          desk.app.ctx(),
          newRequest({
            residentId: id,
            fileIds: [photo],
            by: { kind: 'resident', id, name: null, roles: [] },
          }),
        )
        throw died
      }),
    ).rejects.toBe(died)
    expect(await counts()).toEqual(before)
    expect(await desk.rows('SELECT * FROM request_counter ORDER BY companyId, day')).toEqual(counter)
    expect(await desk.one('SELECT claim FROM stored_file WHERE id = ?', [photo])).toEqual({ claim: null })
  })
})

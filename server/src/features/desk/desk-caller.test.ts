import { eachEngine } from '../../testing/harness'
import { buildAtWork } from '../../testing/at-work'
import { buildBill } from '../../testing/factories'
import type { OutgoingMessage } from '../../platforms/message-channel'
import { createDeskRequest } from './create-desk-request'
import { findHousehold } from './find-household'
import { getDeskRequest } from './get-desk-request'
import { outcomeOf, TestDesk } from './test-desk'
import { unmaskField } from './unmask-field'

const CALL = {
  companyId: 'heating',
  typeId: 'cold',
  catalogueVersion: 1,
  words: '家里不热',
  answers: {},
  fileIds: [],
  callerKind: 'phone',
} as const

const SMS = {
  platforms: {
    sms: { kind: 'http', baseUrl: 'http://127.0.0.1:9', apiKey: 'k', apiSecret: '0123456789abcdef' },
  },
  staff: { unmaskPerDay: 3 },
}

eachEngine((engine) => {
  let desk: TestDesk
  let household: { id: string; unitId: string; buildingId: string; accountNo: string }
  beforeAll(async () => {
    desk = await TestDesk.open(engine, SMS)
    const { id: residentId } = await desk.world.resident()
    const made = await desk.world.household([residentId])
    const row = { sql: 'SELECT accountNo FROM household WHERE id = ?' }
    household = { ...made, ...(await desk.world.one<{ accountNo: string }>(row.sql, [made.id])) }
  })
  afterAll(() => desk.close())

  test('what is applied for on a page of its own is no request for callers either, and the refusal says where', async () => {
    const heat = createDeskRequest(desk.as(), {
      ...CALL,
      accountNo: household.accountNo,
      typeId: 'stop-heat',
    })
    await expect(heat).rejects.toMatchObject({
      code: 'move_not_allowed',
      message: '停供不再登记成工单，请到“替来电人登记”里选它，读出费用、来电人同意后提交。',
    })
    expect(await desk.world.app.ctx().db.reader.query('SELECT id FROM request')).toEqual([])
  })

  test('a caller’s request is taken by account number, and the link goes to the mobile number alone', async () => {
    const sent: OutgoingMessage[] = []
    const sms = desk.world.app.platforms.sms
    const send = jest.spyOn(sms, 'send').mockImplementation((message) => {
      sent.push(message)
      return Promise.resolve({
        state: 'delivered',
        platformCode: 'OK',
        platformMessageId: null,
        advice: null,
      })
    })
    const { accountNo } = household
    const call = { ...CALL, accountNo, contactName: '李大妈', contactPhone: '13712345678' }
    const { requestId, followUrl } = await createDeskRequest(desk.as(), call)
    const request = await getDeskRequest(desk.as(), requestId)
    expect(request).toMatchObject({
      channel: 'phone',
      contactNameMasked: '李*妈',
      contactPhoneMasked: '137****5678',
      household: { id: household.id },
      areaName: '松海园 41号楼',
    })
    expect(followUrl).toMatch(/^http:\/\/portal\.test\/#\/requests\/link\/index\?token=[0-9a-f]{32}$/)
    const waiting = await desk.world.rows<{ payload: string }>(
      "SELECT payload FROM job WHERE job = 'desk.send-follow-link'",
    )
    const token = followUrl.slice(-32)
    expect(JSON.stringify(waiting)).not.toContain(token)
    expect(JSON.stringify(waiting)).not.toContain('13712345678')
    await desk.world.app.runJobs()
    expect(sent).toMatchObject([
      { to: '13712345678', templateId: 'SMS_FOLLOW', fields: { number: request.number, token } },
    ])
    await createDeskRequest(desk.as(), { ...CALL, addressText: '松海园东门', contactPhone: '010-87654321' })
    await desk.world.app.runJobs()
    expect(sent).toHaveLength(1)
    send.mockRestore()
  })

  test('an account number that nobody has is said at its field, and areas are kept', async () => {
    expect(await outcomeOf(createDeskRequest(desk.as(), { ...CALL, accountNo: '99999999' }))).toBe(
      'invalid_input',
    )
    const { accountNo } = household
    const elsewhere = desk.as({ areaPaths: ['01JDEXSEWHERE0000000000000/'] })
    expect(await outcomeOf(createDeskRequest(elsewhere, { ...CALL, accountNo }))).toBe('not_found')
    expect(await outcomeOf(createDeskRequest(elsewhere, CALL))).toBe('invalid_input')
    const here = desk.as({ areaPaths: [`${household.buildingId}/`] })
    const { requestId } = await createDeskRequest(here, { ...CALL, accountNo })
    expect((await getDeskRequest(here, requestId)).household?.id).toBe(household.id)
    const gas = { ...CALL, companyId: 'gas', householdId: household.id }
    expect(await outcomeOf(createDeskRequest(desk.as(), gas))).toBe('not_found')
  })

  test('beside the request stand arrears with their date, history and what was asked again; unknown is not nought', async () => {
    const { id: residentId } = await desk.world.resident()
    const own = await desk.world.household([residentId], { community: '桃源居' })
    const { accountNo } = await desk.world.one<{ accountNo: string }>(
      'SELECT accountNo FROM household WHERE id = ?',
      [own.id],
    )
    await buildBill(desk.world.app, { id: own.id, accountNo }, { amountFen: 5000 })
    const paid = await buildBill(
      desk.world.app,
      { id: own.id, accountNo },
      { amountFen: 3000, paidFen: 3000, state: 'paid', period: '2025-2026' },
    )
    const first = await desk.make({ householdId: own.id })
    await desk.world.change(
      `INSERT INTO request_rating (requestId, round, stars, outcome, reasons, at) VALUES (?, 1, 4, 'solved', '[]', 1)`,
      [first.id],
    )
    const second = await desk.make({ householdId: own.id })
    await desk.make({ householdId: own.id, typeId: 'manners' })
    const unknown = (await getDeskRequest(desk.as(), second.id)).household
    expect(unknown).toMatchObject({ owedFen: null, owedAsOf: null, bills: [], lastPaid: null })
    await desk.world.change(
      `INSERT INTO import_run (id, companyId, fileSha, rulesSha, fileName, state, nextRecord, created, updated, unchanged, untouched, startedAt)
        VALUES ('run', 'heating', 'a', 'b', 'f', 'done', 1, 0, 0, 0, 0, ?)`,
      [desk.clock.now() - 1000],
    )
    const { ids, clock } = desk.as()
    const paymentId = ids.next()
    await desk.world.change(
      `INSERT INTO payment (id, orderNo, residentId, clientId, inputHash, channel, product, merchantKey, merchantId, appId,
          amountFen, description, state, expiresAt, createdAt, paidAt, checks)
        VALUES (?, 'o-1', ?, 'c-1', '', 'wechat', 'wechat-mini', 'heating', '', '', 3000, '', 'paid', 0, 0, ?, 0)`,
      [paymentId, residentId, clock.now() - 5000],
    )
    await desk.world.change(
      `INSERT INTO payment_bill (paymentId, billId, companyId, householdId, accountNo, title, period, amountFen, allocatedFen)
        VALUES (?, ?, 'heating', ?, ?, '', '2025-2026', 3000, 3000)`,
      [paymentId, paid.id, own.id, accountNo],
    )
    const { household: panel } = await getDeskRequest(desk.as(), second.id)
    expect(panel).toMatchObject({
      owedFen: 5000,
      owedAsOf: desk.clock.now() - 1000,
      lastPaid: { amountFen: 3000, at: desk.clock.now() - 5000 },
      areaNames: ['东港区', '桃源居'],
      sameIn30Days: 2,
      marks: ['complained'],
      outages: [],
    })
    expect(panel?.bills.map(({ leftFen, state }) => [leftFen, state])).toEqual([
      [5000, 'open'],
      [0, 'paid'],
    ])
    expect(panel?.history.map(({ stars }) => stars)).toEqual([null, null, 4])
    const masked = JSON.stringify(panel)
    for (const canary of [accountNo, '张玉', '单元404']) expect(masked).not.toContain(canary)
    const [found] = await findHousehold(desk.as(), { companyId: 'heating', q: accountNo })
    expect(found).toMatchObject({ id: own.id, owedFen: 5000 })
    const elsewhere = desk.as({ areaPaths: [`${household.buildingId}/`] })
    expect(await findHousehold(elsewhere, { companyId: 'heating', q: accountNo })).toEqual([])
  })

  test('of somebody who did not want to be known nothing is shown, to nobody', async () => {
    const { id } = await desk.make({
      typeId: 'manners',
      householdId: household.id,
      anonymous: true,
      contactName: '赵六',
      contactPhone: '13612345678',
    })
    const request = await getDeskRequest(desk.as({ roles: ['supervisor'] }), id)
    expect(request).toMatchObject({
      anonymous: true,
      household: null,
      contactNameMasked: null,
      contactPhoneMasked: null,
      addressMasked: null,
    })
    for (const field of ['contactName', 'contactPhone', 'address', 'accountNo', 'ownerName'] as const)
      expect(await outcomeOf(unmaskField(desk.as(), { requestId: id, field }))).toBe('forbidden')
  })

  test('one field is shown whole so many times a day, also when many ask at once, and again tomorrow', async () => {
    const call = { ...CALL, householdId: household.id, contactName: '李大妈', contactPhone: '13712345678' }
    const { id: bossWallet } = await desk.world.resident()
    await buildAtWork(desk.world.app, ['supervisor'], { walletResidentId: bossWallet })
    const { requestId } = await createDeskRequest(desk.as(), call)
    const look = (field: Parameters<typeof unmaskField>[1]['field'], id?: string) =>
      unmaskField(desk.as(id === undefined ? {} : { id }), { requestId, field })
    expect(await look('contactPhone')).toEqual({ value: '13712345678', leftToday: 2 })
    expect(await look('accountNo')).toEqual({ value: household.accountNo, leftToday: 1 })
    const rest = await Promise.all(
      (['address', 'ownerName', 'contactName', 'address'] as const).map((field) => outcomeOf(look(field))),
    )
    expect(rest.filter((outcome) => outcome === 'done')).toHaveLength(1)
    expect(rest.filter((outcome) => outcome === 'unmask_limit')).toHaveLength(3)
    // Whoever answers for them hears of it, once however often it is tried.
    const told = await desk.world.rows<{ facts: string }>(
      "SELECT facts FROM message WHERE template = 'staff-alert' AND residentId = ?",
      [bossWallet],
    )
    expect(told.map(({ facts }) => JSON.parse(facts) as unknown)).toMatchObject([
      { state: '今天的次数用完了', remark: '王晓还想再看，请问问是为什么' },
    ])
    expect(await outcomeOf(look('contactName', '01JDXHERS0000000000000000A'))).toBe('done')
    desk.clock.advance(24 * 3_600_000)
    expect((await look('ownerName')).value).toBe('张玉')
  })

  test('a look at what is not on file costs nothing', async () => {
    const { id } = await desk.make()
    const who = '01JDXTHER0000000000000000A'
    const look = () => unmaskField(desk.as({ id: who }), { requestId: id, field: 'contactPhone' })
    for (let tries = 0; tries < 5; tries++) expect(await outcomeOf(look())).toBe('not_found')
    const { requestId } = await createDeskRequest(desk.as(), { ...CALL, contactPhone: '13712345678' })
    const shown = await unmaskField(desk.as({ id: who }), { requestId, field: 'contactPhone' })
    expect(shown.leftToday).toBe(2)
  })
})

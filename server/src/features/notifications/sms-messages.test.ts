import { inTransaction } from '../../core/db/database'
import { SMS_REPORT_ACK } from '../../platforms'
import { eachEngine } from '../../testing/harness'
import { addSmsCosts } from './add-sms-costs'
import type { SmsMonthRow } from './entities'
import { receiveSmsReports } from './receive-sms-reports'
import { MessageDesk } from './test-message-desk'

eachEngine((engine) => {
  let desk: MessageDesk
  let residents: string[]
  beforeAll(async () => {
    desk = await MessageDesk.open(engine, {
      messages: { sms: { monthlyBudgetFen: { heating: 50 } }, perSecond: {} },
    })
    residents = await desk.residents(3)
    // Nobody of them has a wallet, so text messages are all there is.
    await desk.run('DELETE FROM resident_identity')
    for (const id of residents) await desk.phone(id)
  })
  afterAll(() => desk.app.close())
  beforeEach(() => desk.forget())

  const report = (state: 'delivered' | 'failed', code: string): Promise<number> =>
    receiveSmsReports(
      desk.app.ctx(),
      'secret-token',
      Buffer.from(
        JSON.stringify([
          { platformMessageId: 'SMS_OUTAGE_EMERGENCY-1', state, code, parts: 1 },
          { platformMessageId: 'somebody-else', state, code, parts: 1 },
        ]),
      ),
    )
  const month = async (): Promise<SmsMonthRow | undefined> =>
    (await desk.rows<SmsMonthRow>('SELECT * FROM sms_month'))[0]

  test('the provider gets its template, the values short enough, and the number; the cost is kept', async () => {
    await desk.tell(residents[0] ?? '', {
      facts: { what: '停暖', reason: '原因'.repeat(30), phone: '96123' },
    })
    await desk.app.runJobs()
    expect(desk.sms.heard).toMatchObject([
      {
        to: '13800138001',
        templateId: 'SMS_OUTAGE_EMERGENCY',
        fields: {
          household: '请点开查看',
          what: '停暖',
          endsAt: '正在抢修，恢复时间另行通知',
          reason: `${'原因'.repeat(17)}…`,
        },
      },
    ])
    // 91 characters with the signature: two parts.
    expect(await desk.deliveries()).toMatchObject([{ state: 'delivered', costFen: 10 }])
    expect(await month()).toMatchObject({ companyId: 'heating', parts: 2, costFen: 10 })
    await desk.assertAccounted()
  })

  test('N21: the provider takes it and it fails, told twice: the report is the last word, and it is charged once', async () => {
    await desk.tell(residents[0] ?? '', { urgency: 1 })
    await desk.app.runJobs()
    const cost = (await desk.deliveries())[0]?.costFen
    expect(await desk.states()).toEqual({ sent: 1 })
    expect([await report('failed', 'MK:0001'), await report('failed', 'MK:0001')]).toEqual([1, 1])
    expect(await report('delivered', 'DELIVERED')).toBe(1)
    expect(await desk.deliveries()).toMatchObject([
      { state: 'failed', platformCode: 'MK:0001', costFen: cost },
    ])
    expect(await desk.states()).toEqual({ failed: 1 })
    expect((await month())?.costFen).toBe(cost)
    await desk.app.runJobs()
    expect(desk.sms.heard).toHaveLength(1)
    await desk.assertAccounted()
  })

  test('the provider’s callback is answered as it wants it, and a stranger’s is refused', async () => {
    await desk.tell(residents[0] ?? '', { urgency: 1 })
    await desk.app.runJobs()
    const post = (token: string): Promise<Response> =>
      fetch(`${desk.app.url}/sms/report/${token}`, {
        method: 'POST',
        body: JSON.stringify([
          { platformMessageId: 'SMS_OUTAGE_EMERGENCY-1', state: 'failed', code: 'MK:0004', parts: 1 },
        ]),
      })
    expect((await post('guessed')).status).toBe(401)
    expect(await desk.states()).toEqual({ sent: 1 })
    const answer = await post('secret-token')
    expect([answer.status, await answer.text()]).toEqual([200, SMS_REPORT_ACK])
    expect(await desk.states()).toEqual({ failed: 1 })
  })

  test('N21: a report that is faster than our own record counts all the same', async () => {
    desk.sms.onSend = () => void early.push(report('failed', 'MK:0002'))
    const early: Promise<number>[] = []
    await desk.tell(residents[0] ?? '', { urgency: 1 })
    await desk.app.runJobs()
    expect(await Promise.all(early)).toEqual([0])
    expect(await desk.deliveries()).toMatchObject([{ state: 'failed', platformCode: 'MK:0002' }])
    await desk.assertAccounted()
  })

  test('an urgent message whose text failed goes on to the next channel', async () => {
    const [resident = ''] = residents
    await inTransaction(desk.app.ctx(), (tx) =>
      tx.execute(
        'INSERT INTO resident_email (residentId, addressSealed, confirmedAt, triesLeft) VALUES (?, ?, 1, 0)',
        [resident, desk.app.ctx().vault.seal('wang@example.com')],
      ),
    )
    await desk.tell(resident)
    await desk.app.runJobs()
    await report('failed', 'MK:0003')
    await desk.app.runJobs()
    expect(desk.mail.sent).toMatchObject([
      {
        to: 'wang@example.com',
        subject: '紧急停供通知',
        link: { url: expect.stringContaining('/#/notices/') },
      },
    ])
    expect(await desk.states()).toEqual({ sent: 1 })
    await desk.assertAccounted()
  })

  test('a budget warns at 80 %, stops what is not urgent at its end, and never what is urgent', async () => {
    const [a = '', b = '', c = ''] = residents
    const spend = (costFen: number): Promise<void> =>
      inTransaction(desk.app.ctx(), (tx) =>
        addSmsCosts(tx, desk.app.ctx(), [{ companyId: 'heating', parts: 1, costFen }]),
      )
    await spend(39)
    expect(await month()).toMatchObject({ warnedAt: null, stoppedAt: null })
    await spend(1)
    expect(await month()).toMatchObject({ warnedAt: expect.anything(), stoppedAt: null })
    await desk.tell(a, { urgency: 1 })
    await desk.app.runJobs()
    expect(desk.sms.heard).toHaveLength(1)
    await spend(10)
    expect(await month()).toMatchObject({ stoppedAt: expect.anything() })
    await desk.tell(b, { urgency: 1 })
    await desk.tell(c)
    await desk.tell(b, { urgency: 1, companyId: 'gas' })
    await desk.app.runJobs()
    expect(desk.sms.heard).toHaveLength(3)
    expect(await desk.states()).toEqual({ sent: 3, inbox: 1 })
    await desk.assertAccounted()
  })

  test('who was merged is not asked again under the permissions of their old account', async () => {
    const [old = '', living = ''] = await desk.residents(2)
    await desk.run(
      `UPDATE resident SET mergedInto = '${living}' WHERE id = '${old}'`,
      `INSERT INTO message_credit (residentId, channel, templateId, credits, updatedAt) VALUES ('${old}', 'wechat-mini', 'YihuMiniOutageEmergency0001', 3, 1)`,
    )
    desk.wechat.answers({ state: 'refused', platformCode: '43101', advice: 'no-credit' })
    for (let n = 0; n < 2; n++) {
      await desk.tell(old)
      await desk.app.runJobs()
    }
    expect([desk.wechat.heard.length, desk.oa.heard.length]).toEqual([1, 2])
  })

  test('staff with a wallet hear of the budget once', async () => {
    const ctx = desk.app.ctx()
    await desk.supervisor(residents[2] ?? '')
    for (let n = 0; n < 3; n++)
      await inTransaction(ctx, (tx) =>
        addSmsCosts(tx, ctx, [{ companyId: 'heating', parts: 1, costFen: 42 }]),
      )
    const told = (await desk.messages()).map(({ template, facts }) => [
      template,
      JSON.parse(facts) as unknown,
    ])
    expect(told).toMatchObject([
      ['sms-budget-warning', { company: '开热公司', used: '0.42元/共0.50元', remark: '用完后只发紧急短信' }],
      ['sms-budget-warning', { remark: '预算已用完，只发紧急短信' }],
    ])
  })

  test('staff hear once that a channel rests, and once a day of a code that needs them', async () => {
    const [a = '', b = ''] = residents
    desk.sms.answers({ state: 'failed', platformCode: 'isv.INVALID_PARAMETERS', advice: 'page-staff' })
    desk.sms.answers({ state: 'failed', platformCode: 'isv.INVALID_PARAMETERS', advice: 'page-staff' })
    desk.sms.always = { state: 'later', platformCode: 'isv.AMOUNT_NOT_ENOUGH', advice: 'rest-channel' }
    for (const id of [a, b, a, b]) {
      await desk.tell(id, { urgency: 1 })
      await desk.app.runJobs()
    }
    desk.app.clock.advance(11 * 60_000)
    await desk.app.runJobs()
    const told = (await desk.messages()).filter(({ template }) => template === 'message-rest')
    expect(told.map(({ facts }) => JSON.parse(facts) as unknown)).toMatchObject([
      { channel: '短信', message: '有消息没有发出', reason: '平台返回isv.INVALID_PARAMETERS' },
      { channel: '短信', message: '全部消息', remark: '系统会自动再试，不用处理' },
    ])
  })
})

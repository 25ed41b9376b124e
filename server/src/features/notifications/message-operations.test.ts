import { shanghaiDay } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { buildHousehold } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import { confirmEmail } from './confirm-email'
import { creditByEvent } from './credit-by-event'
import { endCredits } from './end-credits'
import { claimBatch } from './claim-batch'
import { historyMessages } from './history-messages'
import { listCredits } from './list-credits'
import { listSwitches } from './list-switches'
import { recordSubscription } from './record-subscription'
import { reportMessages } from './report-messages'
import { sendEmailCode } from './send-email-code'
import { setSwitch } from './set-switch'
import { MessageDesk } from './test-message-desk'

const STAFF = '01J00000000000000000000001'

eachEngine((engine) => {
  let desk: MessageDesk
  beforeAll(async () => {
    desk = await MessageDesk.open(engine)
  })
  afterAll(() => desk.app.close())
  beforeEach(() => desk.forget())

  test('a kind that is switched off is pushed by no channel and stands in the inbox; what concerns safety stays on', async () => {
    const [id = ''] = await desk.residents(1)
    const ctx = desk.app.asResident(id)
    await setSwitch(ctx, { template: 'announcement', on: false })
    await expect(setSwitch(ctx, { template: 'outage-emergency', on: false })).rejects.toMatchObject({
      code: 'message_must_come',
    })
    await expect(setSwitch(ctx, { template: 'staff-alert', on: false })).rejects.toMatchObject({
      code: 'not_found',
    })
    await desk.tell(id, { template: 'announcement' })
    await desk.app.runJobs()
    expect(await desk.states()).toEqual({ inbox: 1 })
    const { kinds } = await listSwitches(ctx)
    expect(kinds.filter(({ on }) => !on)).toEqual([
      { template: 'announcement', title: '公告', on: false, maySwitchOff: true },
    ])
    await setSwitch(ctx, { template: 'announcement', on: true })
    await desk.tell(id, { template: 'announcement' })
    await desk.app.runJobs()
    expect(desk.wechat.heard).toHaveLength(1)
  })

  test('what was switched off before two accounts became one is still off, and can be switched on', async () => {
    const [old = '', living = ''] = await desk.residents(2)
    await setSwitch(desk.app.asResident(old), { template: 'announcement', on: false })
    await desk.run(`UPDATE resident SET mergedInto = '${living}' WHERE id = '${old}'`)
    const ctx = desk.app.asResident(living)
    const off = async (): Promise<number> => (await listSwitches(ctx)).kinds.filter(({ on }) => !on).length
    expect(await off()).toBe(1)
    await setSwitch(ctx, { template: 'announcement', on: true })
    expect(await off()).toBe(0)
  })

  test('where the portal sends no mail nobody is asked for an address', async () => {
    const [id = ''] = await desk.residents(1)
    const ctx = desk.app.asResident(id)
    const smtp = {
      kind: 'smtp',
      host: '127.0.0.1',
      port: 25,
      secure: false,
      tls: 'none',
      from: 'a@b.invalid',
      connectionsMax: 1,
    } as const
    const withMail = (mail: typeof ctx.config.platforms.mail): typeof ctx => ({
      ...ctx,
      config: { ...ctx.config, platforms: { ...ctx.config.platforms, mail } },
    })
    expect((await listSwitches(withMail({ kind: 'none' }))).mayEmail).toBe(false)
    expect((await listSwitches(withMail(smtp))).mayEmail).toBe(true)
  })

  test('an address is kept once its code was right, is shown masked, and can be removed', async () => {
    const [id = ''] = await desk.residents(1)
    const ctx = desk.app.asResident(id)
    const email = ' Wang.Yu@example.com '
    await sendEmailCode(ctx, { email })
    await expect(sendEmailCode(ctx, { email })).rejects.toMatchObject({ code: 'email_limited' })
    const code = /\d{6}/.exec(desk.mail.sent[0]?.text ?? '')?.[0] ?? ''
    const wrong = code === '000000' ? '000001' : '000000'
    for (const tried of [
      { email, code: wrong },
      { email: 'other@example.com', code },
    ])
      await expect(confirmEmail(ctx, tried)).rejects.toMatchObject({ code: 'email_code_wrong' })
    expect((await listSwitches(ctx)).email).toBeNull()
    await confirmEmail(ctx, { email, code })
    expect((await listSwitches(ctx)).email).toBe('w***@example.com')
    await expect(confirmEmail(ctx, { email, code })).rejects.toMatchObject({ code: 'email_code_wrong' })
    expect(JSON.stringify(await desk.rows('SELECT * FROM resident_email'))).not.toContain('example')
    await confirmEmail(ctx, { email: null, code: null })
    expect((await listSwitches(ctx)).email).toBeNull()
  })

  test('a code is dead after five wrong tries and after ten minutes', async () => {
    const [id = '', other = ''] = await desk.residents(2)
    const email = 'li@example.com'
    const codeOf = async (who: string): Promise<string> => {
      await sendEmailCode(desk.app.asResident(who), { email })
      return /\d{6}/.exec(desk.mail.sent.at(-1)?.text ?? '')?.[0] ?? ''
    }
    const code = await codeOf(id)
    const ctx = desk.app.asResident(id)
    for (let n = 0; n < 5; n++)
      await expect(confirmEmail(ctx, { email, code: 'x' })).rejects.toMatchObject({
        code: 'email_code_wrong',
      })
    await expect(confirmEmail(ctx, { email, code })).rejects.toMatchObject({ code: 'email_code_wrong' })
    const late = await codeOf(other)
    desk.app.clock.advance(600_000)
    await expect(confirmEmail(desk.app.asResident(other), { email, code: late })).rejects.toMatchObject({
      code: 'email_code_wrong',
    })
  })

  test('the count of permissions follows taps, sends and events, and an event adds nothing to a tap', async () => {
    const [id = ''] = await desk.residents(1)
    const ctx = desk.app.asResident(id)
    const templateId = 'YihuMiniOutagePlanned0001'
    const credits = async (): Promise<number | undefined> => (await listCredits(ctx))[0]?.credits
    const event = (what: 'accepted' | 'refused', template = templateId): Promise<void> =>
      inTransaction(ctx, (tx) =>
        creditByEvent(tx, ctx, { residentId: id, channel: 'wechat-mini', templateId: template, what }),
      )
    await recordSubscription(ctx, { channel: 'wechat-mini', answers: [{ templateId, answer: 'accept' }] })
    await event('accepted')
    expect(await credits()).toBe(1)
    await recordSubscription(ctx, { channel: 'wechat-mini', answers: [{ templateId, answer: 'accept' }] })
    await desk.tell(id, { template: 'outage-planned' })
    await desk.app.runJobs()
    expect(await credits()).toBe(1)
    await inTransaction(ctx, (tx) => endCredits(tx, ctx, { residentId: id, channel: 'wechat-mini' }))
    expect(await listCredits(ctx)).toEqual([])
    await event('refused')
    await event('accepted', 'of-somebody-else')
    expect(await listCredits(ctx)).toEqual([{ channel: 'wechat-mini', templateId, credits: 0 }])
    await desk.tell(id, { template: 'outage-planned' })
    await desk.app.runJobs()
    expect([desk.wechat.heard.length, desk.oa.heard.length]).toEqual([1, 1])
  })

  test('the report counts per kind, day and channel, within the scope of who asks', async () => {
    const [a = '', b = ''] = await desk.residents(2)
    desk.wechat.answers({ state: 'refused', platformCode: '43101', advice: 'no-credit' })
    await desk.tell(a)
    await desk.tell(b, { companyId: 'gas' })
    await desk.app.runJobs()
    const day = shanghaiDay(desk.app.clock.now())
    const staff = desk.app.asStaff(STAFF, { companies: ['heating'] })
    const report = await reportMessages(staff, { from: day, to: day })
    const kept = report.rows.map((row) => [row.channel, row.sent, row.delivered, row.refused, row.title])
    expect(kept).toEqual([
      ['inbox', 1, 1, 0, '紧急停供通知'],
      ['wechat-mini', 1, 0, 1, '紧急停供通知'],
      ['wechat-oa', 1, 1, 0, '紧急停供通知'],
    ])
    expect(report.budgets).toMatchObject([{ companyId: 'heating', state: 'fine', budgetFen: 200000 }])
    expect((await reportMessages(staff, { from: day, to: day, companyId: 'gas' })).rows).toEqual([])
    expect((await reportMessages(desk.app.asStaff(STAFF), { from: day, to: day })).rows).toHaveLength(5)
    for (const from of ['2026-08-01', '2027-01-01'])
      await expect(reportMessages(staff, { from, to: day })).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('a household’s history has what concerns it and its company, masked, and nothing outside one’s scope', async () => {
    const [id = ''] = await desk.residents(1)
    await desk.phone(id)
    const home = await buildHousehold(desk.app, { members: [id] })
    const gas = await buildHousehold(desk.app, { members: [id], companyId: 'gas' })
    desk.wechat.answers({ state: 'refused', platformCode: '43101', advice: 'no-credit' })
    await desk.tell(id, { householdId: home.id })
    await desk.tell(id, { householdId: gas.id, companyId: 'gas' })
    await desk.tell(id, { template: 'payment-refunded' })
    await desk.app.runJobs()
    const staff = desk.app.asStaff(STAFF, { companies: ['heating'] })
    const { items, nextCursor } = await historyMessages(staff, { householdId: home.id, limit: 1 })
    expect(items).toMatchObject([{ title: '缴费退款', stateWords: '只在站内消息', attempts: [] }])
    const next = await historyMessages(staff, { householdId: home.id, limit: 5, cursor: nextCursor ?? '' })
    expect(next).toMatchObject({
      nextCursor: null,
      items: [
        {
          residentMasked: '138****8001',
          state: 'sent',
          attempts: [
            { channel: 'wechat-mini', state: 'refused', code: '43101', words: '对方未订阅或不接收' },
            { channel: 'wechat-oa', state: 'delivered', costFen: 0 },
          ],
        },
      ],
    })
    await expect(historyMessages(staff, { householdId: gas.id, limit: 5 })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('an attempt that is under way stands in the history, and as unknown with its time once its worker is lost', async () => {
    const [id = ''] = await desk.residents(1)
    const home = await buildHousehold(desk.app, { members: [id] })
    await desk.tell(id, { householdId: home.id })
    const at = desk.app.clock.now()
    await claimBatch(desk.app.ctx())
    const staff = desk.app.asStaff(STAFF)
    const attempts = async () =>
      (await historyMessages(staff, { householdId: home.id, limit: 5 })).items.map((item) => item.attempts)
    const shown = { channel: 'wechat-mini', at, costFen: 0 }
    expect(await attempts()).toMatchObject([[{ ...shown, state: 'sending', words: '正在发送' }]])
    desk.app.clock.advance(desk.app.ctx().config.messages.leaseMs)
    await desk.app.runJobs()
    expect(await attempts()).toMatchObject([[{ ...shown, state: 'unknown', code: 'not-written-down' }]])
  })
})

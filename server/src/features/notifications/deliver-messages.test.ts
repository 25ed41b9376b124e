import { inTransaction } from '../../core/db/database'
import type { MessageChannel, OutgoingMessage, SendOutcome } from '../../platforms'
import { buildResident } from '../../testing/factories'
import { fakePlatforms } from '../../testing/fake-platforms'
import { eachEngine, startApp, type TestApp } from '../../testing/harness'
import type { CreditRow, DeliveryRow, MessageRow } from './entities'
import { notifyResident } from './notify-resident'
import { recordSubscription } from './record-subscription'

class FakeChannel implements MessageChannel {
  readonly sent: OutgoingMessage[] = []
  answers: SendOutcome['state'][] = []
  crash = false
  async send(message: OutgoingMessage): Promise<SendOutcome> {
    this.sent.push(message)
    if (this.crash) throw new Error('the process ended here')
    const state = this.answers.shift() ?? 'delivered'
    return {
      state,
      platformCode: '0',
      platformMessageId: '1864323726461255680',
      advice: state === 'refused' ? 'no-credit' : null,
    }
  }
}

const WECHAT_TEMPLATE = 'hDixGOhYmUfjOnI8MCzQMPshzGVeuxYihuPaySuccess'

eachEngine((engine) => {
  let app: TestApp
  let wechat: FakeChannel
  let oa: FakeChannel
  let alipay: FakeChannel
  beforeEach(async () => {
    wechat = new FakeChannel()
    oa = new FakeChannel()
    alipay = new FakeChannel()
    app = await startApp({
      engine,
      platforms: {
        messages: { ...fakePlatforms().messages, wechatMini: wechat, wechatOa: oa, alipayMini: alipay },
      },
    })
  })
  afterEach(() => app.close())

  const facts = {
    household: '松海园 41-6-404',
    bills: '供热 2026-2027',
    amount: '￥3634.08',
    tradeNo: '4200',
    paidAt: '2026年11月22日 15:02',
  }
  const tell = (residentId: string, reason = 'payment-success:1') =>
    inTransaction(app.ctx(), (tx) =>
      notifyResident(tx, app.ctx(), {
        residentId,
        template: 'payment-success',
        reason,
        page: '/pages/result/index?paymentId=1',
        facts,
      }),
    )
  const rows = <Row>(table: string): Promise<Row[]> =>
    app.ctx().db.reader.query<Row>(`SELECT * FROM ${table}`)

  test('the message goes to the inbox and over the first channel that takes it, with the template’s fields', async () => {
    const { id } = await buildResident(app)
    await tell(id)
    await app.runJobs()
    expect(await rows<MessageRow>('message')).toMatchObject([
      { residentId: id, title: '缴费成功', readAt: null },
    ])
    expect(wechat.sent).toEqual([
      {
        id: expect.any(String),
        to: `wechat-mini-${id}`,
        idType: 'openid',
        templateId: WECHAT_TEMPLATE,
        page: 'pages/result/index?paymentId=1',
        fields: {
          thing1: facts.household,
          thing2: facts.bills,
          amount3: facts.amount,
          character_string4: '4200',
          time5: facts.paidAt,
        },
      },
    ])
    expect(alipay.sent).toEqual([])
    expect(await rows<DeliveryRow>('message_delivery')).toMatchObject([
      { channel: 'wechat-mini', state: 'delivered', platformMessageId: '1864323726461255680' },
    ])
  })

  test('the same reason speaks once, however often it is told', async () => {
    const { id } = await buildResident(app)
    await tell(id)
    await tell(id)
    await app.runJobs()
    expect(await rows('message')).toHaveLength(1)
    expect(wechat.sent).toHaveLength(1)
  })

  test('a refusal is final for the channel, corrects our count, and the next channel is tried', async () => {
    const { id } = await buildResident(app)
    await recordSubscription(app.asResident(id), {
      channel: 'wechat-mini',
      answers: [
        { templateId: WECHAT_TEMPLATE, answer: 'accept' },
        { templateId: 'not-ours', answer: 'accept' },
      ],
    })
    expect(await rows<CreditRow>('message_credit')).toMatchObject([
      { credits: 1, templateId: WECHAT_TEMPLATE },
    ])
    wechat.answers = ['refused']
    oa.answers = ['refused']
    await tell(id)
    await app.runJobs()
    await app.runJobs()
    expect([wechat.sent.length, oa.sent.length, alipay.sent.length]).toEqual([1, 1, 1])
    expect((await rows<CreditRow>('message_credit'))[0]?.credits).toBe(0)
  })

  test('"later" comes back later, and "unknown" is never sent again by itself', async () => {
    const { id } = await buildResident(app)
    wechat.answers = ['later', 'unknown']
    await tell(id)
    await app.runJobs()
    expect(wechat.sent).toHaveLength(1)
    app.clock.advance(60_000)
    await app.runJobs()
    expect(wechat.sent).toHaveLength(2)
    app.clock.advance(3_600_000)
    await app.runJobs()
    expect(wechat.sent).toHaveLength(2)
    expect(alipay.sent).toEqual([])
    expect(await rows<DeliveryRow>('message_delivery')).toMatchObject([{ state: 'unknown' }])
  })

  test('a process that ends between sending and writing down leaves "unknown", not a second message', async () => {
    const { id } = await buildResident(app)
    wechat.crash = true
    await tell(id)
    await app.runJobs()
    wechat.crash = false
    app.clock.advance(3_600_000)
    await app.runJobs()
    expect(wechat.sent).toHaveLength(1)
    expect(await rows<DeliveryRow>('message_delivery')).toMatchObject([{ state: 'unknown' }])
  })

  test('old news is not sent any more, the inbox keeps it', async () => {
    const { id } = await buildResident(app)
    await tell(id)
    app.clock.advance(25 * 3_600_000)
    await app.runJobs()
    expect(wechat.sent).toEqual([])
    expect(await rows('message')).toHaveLength(1)
  })

  test('someone without either mini-program still has it in the inbox', async () => {
    const { id } = await buildResident(app)
    await inTransaction(app.ctx(), (tx) =>
      tx.execute('DELETE FROM resident_identity WHERE residentId = ?', [id]),
    )
    await tell(id)
    await app.runJobs()
    expect([wechat.sent, oa.sent, alipay.sent]).toEqual([[], [], []])
    expect(await rows('message')).toHaveLength(1)
  })
})

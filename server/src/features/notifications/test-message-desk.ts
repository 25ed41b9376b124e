import { AppError } from '../../core/errors'
import { inTransaction, type SqlValue } from '../../core/db/database'
import type {
  MailChannel,
  MessageChannel,
  OutgoingMail,
  OutgoingMessage,
  SendOutcome,
  SmsChannel,
} from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { buildHousehold, buildResident } from '../../testing/factories'
import { fakePlatforms } from '../../testing/fake-platforms'
import { startApp, type TestApp, type TestEngine } from '../../testing/harness'
import { staffAccountTable } from '../staff/entities'
import type { BulkRow, DeliveryRow, MessageRow, TallyRow } from './entities'
import { addToBulk } from './add-to-bulk'
import { closeBulk } from './close-bulk'
import { deliverMessages } from './deliver-messages'
import { notifyResident } from './notify-resident'
import { openBulk } from './open-bulk'
import { createWorker, type Worker } from './send-batch'

export const TABLES = [
  'message',
  'message_bulk',
  'message_delivery',
  'message_tally',
  'message_switch',
  'message_rest',
  'message_credit',
  'sms_month',
  'resident_email',
]

type Answer = Partial<SendOutcome> & Pick<SendOutcome, 'state'>
type Heard = Pick<OutgoingMessage, 'to' | 'fields' | 'page' | 'templateId'> & { readonly id: string }

/** A platform that hears everything, answers what it was told to, and can be made to wait. */
export class FakeChannel implements MessageChannel {
  readonly heard: Heard[] = []
  /** Messages that the platform has and would show. */
  readonly accepted: string[] = []
  private readonly planned: Answer[] = []
  /** Answers everything that is not planned. */
  always: Answer = { state: 'delivered' }
  /** What a send waits for before it is answered. */
  gate: Promise<void> = Promise.resolve()
  onSend: ((message: OutgoingMessage) => void) | null = null
  private serial = 0

  answers(...answers: Answer[]): void {
    this.planned.push(...answers)
  }

  async send(message: OutgoingMessage): Promise<SendOutcome> {
    this.heard.push({ ...message, id: message.id ?? '' })
    this.onSend?.(message)
    const answer = this.planned.shift() ?? this.always
    if (answer.state === 'delivered' || answer.state === 'unknown') this.accepted.push(message.id ?? '')
    await this.gate
    const given = {
      platformCode: '0',
      platformMessageId: `${message.templateId}-${++this.serial}`,
      advice: null,
    }
    return { ...given, ...answer }
  }

  forget(): void {
    this.heard.length = 0
    this.accepted.length = 0
    this.planned.length = 0
    this.always = { state: 'delivered' }
    this.gate = Promise.resolve()
    this.onSend = null
    this.serial = 0
  }
}

export class FakeSms extends FakeChannel implements SmsChannel {
  sendCode(): Promise<SendOutcome> {
    return Promise.resolve({ state: 'delivered', platformCode: 'OK', platformMessageId: null, advice: null })
  }
  costOf(text: string): { parts: number; costFen: number } {
    const length = text.length + 4
    const parts = length <= 70 ? 1 : Math.ceil(length / 67)
    return { parts, costFen: parts * 5 }
  }
  readReports(token: string, rawBody: Buffer): ReturnType<SmsChannel['readReports']> {
    if (token !== 'secret-token') throw new AppError('bad_signature')
    return JSON.parse(rawBody.toString('utf8')) as ReturnType<SmsChannel['readReports']>
  }
}

export class FakeMail implements MailChannel {
  readonly sent: OutgoingMail[] = []
  async send(mail: OutgoingMail): Promise<SendOutcome> {
    this.sent.push(mail)
    return { state: 'delivered', platformCode: '250', platformMessageId: null, advice: null }
  }
}

const OUTAGE = {
  what: '突发停暖',
  area: '松海园',
  startsAt: '2026年11月22日 10:00',
  endsAt: '2026年11月22日 18:00',
  reason: '管线漏水，正在抢修',
  phone: '96123',
}

/** The portal with platforms that hear everything, and what tests of messages say and count. */
export class MessageDesk {
  readonly wechat = new FakeChannel()
  readonly oa = new FakeChannel()
  readonly alipay = new FakeChannel()
  readonly sms = new FakeSms()
  readonly mail = new FakeMail()
  app!: TestApp

  static async open(engine: TestEngine, config: { [section: string]: unknown } = {}): Promise<MessageDesk> {
    const desk = new MessageDesk()
    const { wechat, oa, alipay, sms, mail } = desk
    const { messages } = fakePlatforms()
    desk.app = await startApp({
      engine,
      config,
      platforms: {
        messages: { ...messages, wechatMini: wechat, wechatOa: oa, alipayMini: alipay },
        sms,
        mail,
      },
    })
    return desk
  }

  get channels(): readonly FakeChannel[] {
    return [this.wechat, this.oa, this.alipay, this.sms]
  }

  async forget(): Promise<void> {
    for (const channel of this.channels) channel.forget()
    this.mail.sent.length = 0
    await this.run(...TABLES.map((table) => `DELETE FROM ${table}`))
  }

  async run(...statements: string[]): Promise<void> {
    await inTransaction(this.app.ctx(), async (tx) => {
      for (const sql of statements) await tx.execute(sql)
    })
  }

  rows<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return this.app.ctx().db.reader.query<Row>(sql, params)
  }
  messages(): Promise<MessageRow[]> {
    return this.rows('SELECT * FROM message ORDER BY id')
  }
  deliveries(): Promise<DeliveryRow[]> {
    return this.rows('SELECT * FROM message_delivery ORDER BY messageId, startedAt, endedAt')
  }
  async states(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {}
    for (const { state } of await this.messages()) counts[state] = (counts[state] ?? 0) + 1
    return counts
  }

  async residents(count: number): Promise<string[]> {
    const ids: string[] = []
    for (let n = 0; n < count; n++) ids.push((await buildResident(this.app)).id)
    return ids
  }

  async phone(residentId: string, phone = '13800138001'): Promise<void> {
    await inTransaction(this.app.ctx(), (tx) =>
      tx.execute('UPDATE resident SET phoneSealed = ? WHERE id = ?', [
        this.app.ctx().vault.seal(phone),
        residentId,
      ]),
    )
  }

  /** Somebody at work who hears of trouble in the wallet of that resident. */
  async supervisor(walletResidentId: string): Promise<string> {
    const ctx = this.app.ctx()
    const id = ctx.ids.next()
    await inTransaction(ctx, (tx) =>
      tx.insert(staffAccountTable, {
        id,
        loginName: `s${id.slice(-10).toLowerCase()}`,
        name: '王班长',
        phoneSealed: null,
        roles: '["supervisor"]',
        companies: null,
        areaIds: null,
        teamId: null,
        skills: '[]',
        state: 'active',
        passwordHash: '',
        passwordSetAt: 0,
        mustChangePassword: 0,
        totpSealed: null,
        totpStep: 0,
        walletResidentId,
        presence: 'offline',
        lastSeenAt: null,
        seal: '',
        createdAt: 0,
        updatedAt: 0,
      }),
    )
    return id
  }

  tell(residentId: string, over: Partial<Parameters<typeof notifyResident>[2]> = {}): Promise<void> {
    const ctx = this.app.ctx()
    return inTransaction(ctx, (tx) =>
      notifyResident(tx, ctx, {
        residentId,
        template: 'outage-emergency',
        reason: `outage:${ctx.ids.next()}`,
        page: '/notices/detail/index?noticeId=1',
        facts: OUTAGE,
        companyId: 'heating',
        ...over,
      }),
    )
  }

  /** A bulk about a household that all of them are bound to, with its rows. */
  async bulk(
    residentIds: readonly string[],
    over: Partial<Parameters<typeof openBulk>[2]> = {},
  ): Promise<{ bulkId: string; householdId: string }> {
    const ctx = this.app.ctx()
    const household = await buildHousehold(this.app, { members: residentIds })
    const bulkId = await inTransaction(ctx, (tx) =>
      openBulk(tx, ctx, {
        companyId: 'heating',
        template: 'outage-planned',
        title: '松海园计划停暖',
        facts: OUTAGE,
        page: '/notices/detail/index?noticeId=1',
        urgency: 1,
        expiresAt: ctx.clock.now() + 24 * 3_600_000,
        ...over,
      }),
    )
    await inTransaction(ctx, async (tx) => {
      await addToBulk(
        tx,
        ctx,
        { bulkId, reason: `notice:${bulkId}:1`, dueAt: ctx.clock.now() },
        residentIds.map((residentId) => ({ residentId, householdId: household.id })),
      )
      await closeBulk(tx, ctx, bulkId)
    })
    return { bulkId, householdId: household.id }
  }

  /** A process of its own on the same database. */
  process(): { worker: Worker; turn: () => Promise<number>; stop: () => void } {
    const ctx: Ctx = this.app.ctx()
    const worker = createWorker(ctx)
    const stopping = new AbortController()
    return {
      worker,
      turn: () => deliverMessages(ctx, stopping.signal, worker),
      stop: () => stopping.abort(),
    }
  }

  bulkRow = async (id: string): Promise<BulkRow | undefined> =>
    (await this.rows<BulkRow>('SELECT * FROM message_bulk WHERE id = ?', [id]))[0]

  /**
   * I9: every message has become something, no platform has one message twice, and the tally says what the rows say.
   */
  async assertAccounted(): Promise<void> {
    const messages = await this.messages()
    expect(
      messages.filter(
        (row) => row.state === 'due' || row.dueAt !== null || row.token !== null || row.trying !== null,
      ),
    ).toEqual([])
    for (const channel of this.channels) expect(channel.accepted).toEqual([...new Set(channel.accepted)])
    const deliveries = await this.deliveries()
    const counted: Record<string, number> = {}
    const add = (key: string, n: number): void => {
      counted[key] = (counted[key] ?? 0) + n
    }
    for (const { state } of messages) add(`inbox ${state}`, 1)
    for (const { channel, state } of deliveries) add(`${channel} ${state}`, 1)
    const tally: Record<string, number> = {}
    for (const row of await this.rows<TallyRow>("SELECT * FROM message_tally WHERE state <> 'made'")) {
      const key = `${row.channel} ${row.state}`
      tally[key] = (tally[key] ?? 0) + Number(row.n)
    }
    expect(Object.fromEntries(Object.entries(tally).filter(([, n]) => n !== 0))).toEqual(counted)
  }
}

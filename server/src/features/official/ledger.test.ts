import { inTransaction } from '../../core/db/database'
import { buildResident } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import { notifyResident } from '../notifications'
import type { CreditRow, DeliveryRow } from '../notifications/entities'
import type { OfficialEventRow } from './entities'
import { startAccount, type TestAccount } from './test-account'

/** More digits than a JavaScript number holds. */
const MESSAGE_ID = '1864323726461255681'
const NEIGHBOUR_ID = '1864323726461255680'
const FACTS = {
  household: '松海园 41-6-404',
  bills: '供热 2026-2027',
  amount: '￥3634.08',
  tradeNo: '4200',
  paidAt: '2026年11月22日 15:02',
}

eachEngine((engine) => {
  let account: TestAccount
  let residentId: string
  let oaSends: number
  beforeEach(async () => {
    oaSends = 0
    account = await startAccount(engine, {
      oa: {
        send: async () => {
          oaSends += 1
          return { state: 'delivered', platformCode: '0', platformMessageId: MESSAGE_ID, advice: null }
        },
      },
    })
    residentId = (await buildResident(account.app)).id
  })
  afterEach(() => account.app.close())

  const template = (): string =>
    account.app.config.platforms.wechat.subscribeTemplates['payment-success']?.id ?? ''
  /** A message that the mini-program's channel refuses for want of a permission and the account carries. */
  const tell = async (): Promise<void> => {
    const ctx = account.app.ctx()
    await inTransaction(ctx, async (tx) => {
      await tx.execute("DELETE FROM resident_identity WHERE residentId = ? AND provider <> 'wechat-oa'", [
        residentId,
      ])
      await notifyResident(tx, ctx, {
        residentId,
        template: 'payment-success',
        reason: 'payment-success:1',
        page: '/pages/result/index?paymentId=1',
        facts: FACTS,
      })
    })
    await account.app.runJobs()
  }
  const deliveries = () => account.rows<DeliveryRow>('message_delivery')
  const finished = async (Status: string, messageId: string = MESSAGE_ID): Promise<void> => {
    expect(
      await account.push({
        FromUserName: `wechat-oa-${residentId}`,
        MsgType: 'event',
        Event: 'TEMPLATESENDJOBFINISH',
        MsgID: messageId,
        Status,
      }),
    ).toBe('success')
    await account.app.runJobs()
  }
  const credits = async (): Promise<Pick<CreditRow, 'templateId' | 'credits'>[]> =>
    (await account.rows<CreditRow>('message_credit')).map(({ templateId, credits: left }) => ({
      templateId,
      credits: Number(left),
    }))
  const popup = (List: string, seconds?: number, event = 'Popup'): Promise<string> =>
    account.push(
      {
        FromUserName: `wechat-mini-${residentId}`,
        ...(seconds === undefined ? {} : { CreateTime: seconds }),
        MsgType: 'event',
        Event: `subscribe_msg_${event.toLowerCase()}_event`,
        [`SubscribeMsg${event}Event`]: List,
      },
      { account: 'mini' },
    )
  const choice = (status: string, id = template()): string =>
    `<List><TemplateId>${id}</TemplateId><SubscribeStatusString>${status}</SubscribeStatusString><PopupScene>0</PopupScene></List>`

  test('what became of a template message goes back into the ledger, once', async () => {
    await tell()
    expect(await deliveries()).toMatchObject([{ channel: 'wechat-oa', state: 'delivered', reportedAt: null }])
    await finished('success')
    const [told] = await deliveries()
    expect(told).toMatchObject({ state: 'delivered', reportedAt: account.app.clock.now() })
    account.app.clock.advance(1000)
    await finished('success')
    expect(Number((await deliveries())[0]?.reportedAt)).toBe(Number(told?.reportedAt))
    expect(oaSends).toBe(1)
  })

  test.each(['failed:user block', 'failed: system failed'])(
    '%s makes a delivered message a failed one, with the platform’s word',
    async (status) => {
      await tell()
      await finished(status)
      expect(await deliveries()).toMatchObject([{ state: 'failed' }])
    },
  )

  test('a number that differs in its last digit is another message', async () => {
    await tell()
    await finished('failed:user block', NEIGHBOUR_ID)
    expect(await deliveries()).toMatchObject([{ state: 'delivered', reportedAt: null }])
  })

  test('N18: a result that is faster than our own note waits for it; one that is nobody’s is let go', async () => {
    await finished('failed:user block')
    const open = async (): Promise<number> =>
      (await account.rows<OfficialEventRow>('official_event')).filter(({ doneAt }) => doneAt === null).length
    expect(await open()).toBe(1)
    await tell()
    account.app.clock.advance(10_000)
    await account.app.runJobs()
    expect(await deliveries()).toMatchObject([{ state: 'failed' }])
    expect(await open()).toBe(0)

    await finished('success', NEIGHBOUR_ID)
    for (let minute = 0; minute < 10; minute++) {
      account.app.clock.advance(60_000)
      await account.app.runJobs()
    }
    expect(await open()).toBe(0)
  })

  test('an accept in the popup is counted, alone as an object and with others as a list', async () => {
    await popup(choice('accept'))
    await account.app.runJobs()
    expect(await credits()).toEqual([{ templateId: template(), credits: 1 }])
    account.app.clock.advance(1000)
    await popup(`${choice('accept')}${choice('accept', 'of-somebody-else')}`)
    await account.app.runJobs()
    expect((await credits()).map(({ templateId }) => templateId)).toEqual([template()])
  })

  test('declining in the popup takes nothing back, declining in the settings takes all', async () => {
    await popup(choice('accept'))
    account.app.clock.advance(1000)
    await popup(choice('reject'))
    await account.app.runJobs()
    expect((await credits())[0]?.credits).toBe(1)
    account.app.clock.advance(1000)
    await popup(choice('reject'), undefined, 'Change')
    await account.app.runJobs()
    expect((await credits())[0]?.credits).toBe(0)
  })

  test('N18: choices that arrive in the wrong order leave what was chosen last', async () => {
    const now = Math.floor(account.app.clock.now() / 1000)
    await popup(choice('accept'), now)
    await account.app.runJobs()
    await popup(choice('reject'), now - 5, 'Change')
    await account.app.runJobs()
    expect((await credits())[0]?.credits).toBe(1)
  })

  test('a subscribe message that failed after it was taken is a failed one', async () => {
    await tell()
    const List = `<List><TemplateId>t</TemplateId><MsgID>${MESSAGE_ID}</MsgID><ErrorCode>-1</ErrorCode><ErrorStatus>system failed</ErrorStatus></List>`
    await account.push({
      FromUserName: `wechat-oa-${residentId}`,
      MsgType: 'event',
      Event: 'subscribe_msg_sent_event',
      SubscribeMsgSentEvent: List,
    })
    await account.app.runJobs()
    expect(await deliveries()).toMatchObject([{ state: 'failed' }])
  })

  test('whoever is forgotten has allowed nothing any more', async () => {
    await popup(choice('accept'))
    await account.app.runJobs()
    expect(await credits()).toHaveLength(1)
    const OpenID = `wechat-mini-${residentId}`
    const fields = {
      FromUserName: 'o-platform',
      MsgType: 'event',
      Event: 'user_authorization_revoke',
      OpenID,
    }
    await account.push(fields, { account: 'mini' })
    await account.app.runJobs()
    expect(await credits()).toEqual([])
  })
})

import { buildHousehold, buildResident } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import { bind, importGas } from '../billing/billing.fixture'
import { buildNotice } from '../notices/fan-out.fixture'
import type { OfficialEventRow, OfficialMessageRow } from './entities'
import { startAccount, type TestAccount } from './test-account'

const HOUR_MS = 3_600_000

eachEngine((engine) => {
  let account: TestAccount
  let openid: string
  let residentId: string
  beforeEach(async () => {
    account = await startAccount(engine)
    residentId = (await buildResident(account.app)).id
    openid = `wechat-oa-${residentId}`
  })
  afterEach(() => account.app.close())

  /** Asks, lets the jobs run, and gives the newest words that came as a message of their own. */
  const ask = async (text: string, from = openid): Promise<string> => {
    expect(await account.text(from, text)).toBe('success')
    await account.app.runJobs()
    return words()
  }
  const words = (): string => {
    const content = account.said.at(-1)?.content
    return content?.kind === 'text' ? content.text : ''
  }
  const link = (): unknown => {
    const content = account.said.at(-1)?.content
    return content?.kind === 'text' ? content.link : undefined
  }

  test('what is owed is said per household, with the time the figures are of', async () => {
    await importGas(account.app, { '0008800011': {} })
    await bind(account.app, residentId, '0008800011')
    const said = await ask('我还欠多少钱')
    expect(said).toContain('鹏燃燃气')
    expect(said).toContain('000****011')
    expect(said).toContain('待缴 85.25 元，截至 11月22日 10:00')
    expect(account.said[0]?.to).toBe(openid)
    expect(link()).toEqual({ label: '去缴费', url: 'http://portal.test/#/pages/home/index' })
  })

  test('figures that are not known are said to be so, never as nothing owed', async () => {
    await buildHousehold(account.app, { companyId: 'heating', members: [residentId] })
    const said = await ask('欠费')
    expect(said).toContain('开热公司 松海园 41-6-404')
    expect(said).toContain('待缴金额暂时取不到，请稍后再查。')
    expect(said).not.toContain('缴清')
  })

  test('somebody we do not know, or who bound nothing, hears what to do first', async () => {
    for (const from of [openid, 'o-a-stranger']) {
      expect(await ask('欠费', from)).toBe('绑定户号后，发“欠费”就能看到每一户的待缴金额。')
      expect(link()).toEqual({ label: '绑定户号', url: 'http://portal.test/#/pages/bind/index' })
    }
  })

  test('outages of my own households are said with their times, those of others are not', async () => {
    const { id: mine } = await buildHousehold(account.app, { members: [residentId] })
    const { id: theirs } = await buildHousehold(account.app)
    const now = account.app.clock.now()
    await buildNotice(account.app, {
      householdIds: [mine],
      row: { title: '计划停暖', startsAt: now + HOUR_MS, endsAt: now + 5 * HOUR_MS },
    })
    await buildNotice(account.app, { householdIds: [theirs], row: { title: '邻居的停暖' } })
    const said = await ask('什么时候恢复')
    expect(said).toBe('【开热公司】计划停暖\n松海园 41-6-404\n11月22日 11:00 开始，预计 11月22日 15:00 恢复')
  })

  test('the menu asks the same question; without an outage that is said, with the time', async () => {
    await buildHousehold(account.app, { members: [residentId] })
    expect(await account.event(openid, 'CLICK', { EventKey: 'outages' })).toBe('success')
    await account.app.runJobs()
    expect(words()).toBe('您绑定的1户现在没有停供通知。\n查询时间 11月22日 10:00')
  })

  test('N18: a question that was pushed three times is answered once', async () => {
    for (let attempt = 0; attempt < 3; attempt++) {
      await account.text(openid, '欠费', '7300000000000000001')
      await account.app.runJobs()
      account.app.clock.advance(5_000)
    }
    expect(account.said).toHaveLength(1)
  })

  test('“later” comes back later; what may have arrived, or was refused, is not said again by itself', async () => {
    account.outcomes.push('later', 'unknown')
    await account.text(openid, '欠费')
    await account.app.runJobs()
    expect(account.said).toHaveLength(1)
    account.app.clock.advance(HOUR_MS)
    await account.app.runJobs()
    expect(account.said).toHaveLength(2)
    account.app.clock.advance(HOUR_MS)
    await account.app.runJobs()
    expect(account.said).toHaveLength(2)
    account.outcomes.push('refused')
    await account.text(openid, '欠费')
    await account.app.runJobs()
    account.app.clock.advance(HOUR_MS)
    await account.app.runJobs()
    expect(account.said).toHaveLength(3)
  })

  test('once all is said, the event keeps its key and nothing of the person', async () => {
    await ask('欠费')
    const [event] = await account.rows<OfficialEventRow>('official_event')
    expect(event).toMatchObject({ eventSealed: '', doneAt: account.app.clock.now() })
    expect(await account.rows<OfficialMessageRow>('official_message')).toMatchObject([{ answered: 'owed' }])
  })
})

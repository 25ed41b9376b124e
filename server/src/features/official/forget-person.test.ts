import { buildResident } from '../../testing/factories'
import { eachEngine } from '../../testing/harness'
import type { OfficialEventRow, OfficialMessageRow } from './entities'
import { forgetPerson } from './forget-person'
import { forgetOfficialRowsHourly } from './jobs'
import { startAccount, type TestAccount } from './test-account'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

eachEngine((engine) => {
  let account: TestAccount
  let residentId: string
  let openid: string
  beforeEach(async () => {
    account = await startAccount(engine)
    residentId = (await buildResident(account.app)).id
    openid = `wechat-oa-${residentId}`
  })
  afterEach(() => account.app.close())

  const providers = async (): Promise<string[]> =>
    (await account.rows<{ provider: string }>('resident_identity')).map(({ provider }) => provider).sort()
  const pass = async (ms: number): Promise<void> => {
    account.app.clock.advance(ms)
    await account.app.runJobs()
  }

  test('whoever unfollows is forgotten: their id at the account and what they wrote to it', async () => {
    await account.text(openid, '你们经理是谁')
    expect(await account.event(openid, 'unsubscribe')).toBe('success')
    await pass(29 * MINUTE_MS)
    expect(await providers()).toContain('wechat-oa')
    await pass(2 * MINUTE_MS)
    // The person stays under their other accounts, which were not withdrawn.
    expect(await providers()).toEqual(['alipay', 'wechat-mini'])
    expect(await account.rows<OfficialMessageRow>('official_message')).toEqual([])
    const events = await account.rows<OfficialEventRow>('official_event')
    expect(events.map(({ eventSealed }) => eventSealed)).toEqual(['', ''])
    expect(account.app.logLines.join('')).not.toContain(openid)
  })

  test('whoever follows again in time loses nothing', async () => {
    await account.event(openid, 'unsubscribe')
    await pass(10 * MINUTE_MS)
    await account.event(openid, 'subscribe', { EventKey: '' })
    await pass(DAY_MS)
    expect(await providers()).toContain('wechat-oa')
  })

  test('N18: an unfollowing that arrives after the following that came later forgets nobody', async () => {
    const seconds = Math.floor(account.app.clock.now() / 1000)
    await account.event(openid, 'subscribe', { EventKey: '', CreateTime: seconds })
    await account.event(openid, 'unsubscribe', { CreateTime: seconds - 3 })
    await pass(DAY_MS)
    expect(await providers()).toContain('wechat-oa')
  })

  test.each([
    ['user_authorization_revoke', 'mini', 'wechat-mini'],
    ['user_authorization_cancellation', 'mini', 'wechat-mini'],
    ['user_authorization_revoke', 'oa', 'wechat-oa'],
  ] as const)(
    '%s at the %s account forgets the account of that app at once',
    async (event, which, provider) => {
      const id = `${provider}-${residentId}`
      // The platform itself sends these; whom it is about stands in OpenID.
      const fields = {
        FromUserName: 'o-the-platform',
        MsgType: 'event',
        Event: event,
        OpenID: id,
        RevokeInfo: '1',
      }
      expect(await account.push(fields, { account: which })).toBe('success')
      await pass(0)
      expect(await providers()).not.toContain(provider)
      expect(await providers()).toHaveLength(2)
      const audits = await account.rows<{ action: string; detail: string }>('audit_log')
      const [audit] = audits.filter(({ action }) => action === 'identity.forget')
      const because = event === 'user_authorization_revoke' ? 'revoked' : 'cancelled'
      expect(JSON.parse(audit?.detail ?? '')).toMatchObject({ provider, because })
      expect(JSON.stringify(audits)).not.toContain(id)
    },
  )

  test('N18: a revocation that is pushed again, and a job that runs again, change nothing more', async () => {
    const revoke = { OpenID: openid, RevokeInfo: '1' }
    for (let attempt = 0; attempt < 3; attempt++) {
      await account.event('o-the-platform', 'user_authorization_revoke', revoke)
      await pass(0)
    }
    const [event] = await account.rows<OfficialEventRow>('official_event')
    await forgetPerson(account.app.ctx(), event?.dedupe ?? '')
    const audits = await account.rows<{ action: string }>('audit_log')
    expect(audits.filter(({ action }) => action === 'identity.forget')).toHaveLength(1)
  })

  test('what people wrote goes after its time, and keys of events after a week', async () => {
    await account.text(openid, '你们经理是谁')
    const rows = async (): Promise<number[]> => [
      (await account.rows('official_event')).length,
      (await account.rows('official_message')).length,
    ]
    const forget = () => forgetOfficialRowsHourly.run(account.app.ctx(), new AbortController().signal)
    account.app.clock.advance(7 * DAY_MS + 1)
    await forget()
    expect(await rows()).toEqual([0, 1])
    account.app.clock.advance(174 * DAY_MS)
    await forget()
    expect(await rows()).toEqual([0, 0])
  })
})

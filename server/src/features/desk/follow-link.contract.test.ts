import type { SentSms } from '../../../../sandbox/src/sms/reports'
import { type SandboxBed, startSandboxBed } from '../../platforms/testing/sandbox-bed'
import { eachEngine } from '../../testing/harness'
import { createDeskRequest } from './create-desk-request'
import { getDeskRequest } from './get-desk-request'
import { TestDesk } from './test-desk'

const PHONE = '13800138001'
const CALL = {
  companyId: 'heating',
  typeId: 'cold',
  catalogueVersion: 1,
  words: '家里不热',
  answers: {},
  fileIds: [],
  callerKind: 'phone',
  addressText: '松海园东门',
  contactPhone: PHONE,
} as const

/** The whole way round: a call is taken, the provider takes the text message, and its link leads to the request. */
eachEngine((engine) => {
  let bed: SandboxBed
  let desk: TestDesk
  beforeAll(async () => {
    bed = await startSandboxBed()
    const sms = { kind: 'http', baseUrl: 'http://127.0.0.1:9', apiKey: 'k', apiSecret: '0123456789abcdef' }
    desk = await TestDesk.open(engine, { platforms: { sms } }, { sms: bed.platforms.sms })
    // The provider has approved the address of this portal.
    bed.kernel.config.portalOrigin = desk.world.app.url
  })
  afterAll(async () => {
    await desk.close()
    await bed.close()
  })

  const outbox = (): SentSms[] => bed.kernel.store.table<SentSms>('sms.outbox').all()
  const follow = (path: string): Promise<Response> =>
    fetch(`${desk.world.app.url}${path}`, { redirect: 'manual' })

  test('the provider takes the message, and the link on the telephone leads to the request', async () => {
    const { requestId, followUrl } = await createDeskRequest(desk.as(), CALL)
    const { number } = await getDeskRequest(desk.as(), requestId)
    await desk.world.app.runJobs()
    const [sent, ...more] = outbox()
    expect(more).toEqual([])
    expect(sent).toMatchObject({ phone: PHONE, templateCode: 'SMS_FOLLOW', params: { number } })
    expect(sent?.text).toContain(number)
    const [link = ''] = /http\S+/.exec(sent?.text ?? '') ?? []
    expect(link.startsWith(`${desk.world.app.url}/r/`)).toBe(true)
    const answer = await follow(link.slice(desk.world.app.url.length))
    expect(answer.status).toBe(302)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(await answer.text()).toBe('')
    const location = answer.headers.get('location') ?? ''
    expect(location).toBe(followUrl)
    const token = location.slice(location.indexOf('token=') + 'token='.length)
    const page = await fetch(`${desk.world.app.url}/api/requests.byLink?token=${token}`)
    expect(await page.json()).toMatchObject({ request: { id: requestId, number } })
  })

  test('a link that was cut, made longer or bent leads to the page that says so, and carries nothing on', async () => {
    const token = 'a'.repeat(32)
    for (const bent of [
      token.slice(1),
      `${token}a`,
      token.toUpperCase(),
      `${token.slice(1)}%26`,
      '%0d%0aSet-Cookie',
    ]) {
      const answer = await follow(`/r/${bent}`)
      expect(answer.status).toBe(302)
      expect(answer.headers.get('location')).toBe('http://portal.test/#/requests/link/index?token=')
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
    expect((await follow(`/r/${token}/more`)).status).toBe(404)
  })
})

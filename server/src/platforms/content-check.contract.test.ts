import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MINI, OA, PUSH, type SandboxBed, startSandboxBed } from './testing/sandbox-bed'

let bed: SandboxBed
let pictures: Server
let url: string

beforeAll(async () => {
  bed = await startSandboxBed()
  pictures = createServer((_, response) => response.end(Buffer.from('\xff\xd8\xff\xe0 picture', 'latin1')))
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}/a.jpg`
  bed.kernel.config.wechat.mini.push = { ...PUSH, url: `${bed.portalOrigin}/wx/push` }
  await bed.control('/wechat/login-code', { personId: 'zhangyu' })
})

afterAll(async () => {
  await bed.close()
  pictures.closeAllConnections()
  await new Promise((resolve) => pictures.close(resolve))
})

const openid = (): string => bed.kernel.people.openid('zhangyu', MINI)
const lastPush = async () => {
  await bed.kernel.clock.advance(5000)
  const { url: path, body } = await bed.lastNotice()
  return { query: Object.fromEntries(new URL(path, 'http://x').searchParams), body }
}
const push = () => {
  const { messagePush } = bed.platforms
  if (!messagePush) throw new Error('no push is configured')
  return messagePush
}

describe('what residents write', () => {
  test.each([
    ['暖气不热，室内只有十四度', 'pass'],
    ['包赚，内部消息', 'review'],
    ['加微信领红包', 'risky'],
  ])('%s: %s', async (text, verdict) => {
    expect(await bed.platforms.contentCheck.checkText({ openid: openid(), text })).toEqual({
      state: 'checked',
      verdict,
    })
  })

  test('long words are looked at to their end', async () => {
    const text = `${'家里很冷，'.repeat(900)}加微信领红包`
    expect(await bed.platforms.contentCheck.checkText({ openid: openid(), text })).toMatchObject({
      verdict: 'risky',
    })
  })

  test('no answer is never taken for clean', async () => {
    const check = (from: string) => bed.platforms.contentCheck.checkText({ openid: from, text: '暖气不热' })
    const foreign = bed.kernel.people.openid('zhangyu', OA)
    expect(await check(foreign)).toEqual({ state: 'unavailable', platformCode: '40003' })
    bed.kernel.faults.set({ name: 'api.errcode', times: 1, params: { errcode: -1, path: 'msg_sec_check' } })
    expect(await check(openid())).toEqual({ state: 'unavailable', platformCode: '-1' })
    expect(await check(openid())).toMatchObject({ state: 'checked' })
  })
})

describe('what residents show', () => {
  test.each([
    [null, 'pass', 100],
    ['media-check.risky', 'risky', 20_012],
    ['media-check.review', 'review', 21_000],
    ['media-check.unreachable', null, 0],
  ])('fault %s: the verdict is %s', async (fault, verdict, label) => {
    if (fault !== null) bed.kernel.faults.set({ name: fault, times: 1 })
    const asked = await bed.platforms.contentCheck.askMedia({ openid: openid(), url, media: 'image' })
    if (asked.state !== 'asked') throw new Error(asked.platformCode)
    const { query, body } = await lastPush()
    expect(push().readMessage(query, body)).toMatchObject({
      appId: MINI,
      event: 'wxa_media_check',
      mediaVerdict: { traceId: asked.traceId, verdict, label },
    })
  })

  test('a push that was altered, or signed by nobody, is refused before it is opened', async () => {
    await bed.platforms.contentCheck.askMedia({ openid: openid(), url, media: 'image' })
    const { query, body } = await lastPush()
    const altered = Buffer.from(
      body.toString().replace(/"Encrypt":"(.)/, (_, c: string) => `"Encrypt":"${c === 'A' ? 'B' : 'A'}`),
    )
    const refused = expect.objectContaining({ code: 'bad_signature' }) as Error
    expect(() => push().readMessage(query, altered)).toThrow(refused)
    expect(() => push().readMessage({ ...query, nonce: '1' }, body)).toThrow(refused)
    expect(() => push().readMessage({ ...query, timestamp: '1' }, body)).toThrow(refused)
    expect(() => push().readMessage({ ...query, msg_signature: '' }, body)).toThrow(refused)
    expect(() => push().readMessage({}, body)).toThrow(refused)
  })

  test('two deliveries of one event are one, two events of one second are two', async () => {
    await bed.platforms.contentCheck.askMedia({ openid: openid(), url, media: 'image' })
    const first = await lastPush()
    const one = push().readMessage(first.query, first.body)
    const key = bed.kernel.notifier.log().at(-1)?.key ?? ''
    await bed.kernel.notifier.resend(key)
    const repeat = await bed.lastNotice()
    expect(repeat.body.equals(first.body)).toBe(false)
    const query = Object.fromEntries(new URL(repeat.url, 'http://x').searchParams)
    expect(push().readMessage(query, repeat.body).dedupe).toBe(one.dedupe)
    await bed.platforms.contentCheck.askMedia({ openid: openid(), url, media: 'image' })
    const next = await lastPush()
    expect(push().readMessage(next.query, next.body).dedupe).not.toBe(one.dedupe)
  })

  test('the events of the service account come as XML through the same door', async () => {
    bed.kernel.config.wechat.oa.pushUrl = `${bed.portalOrigin}/wx/push`
    await bed.control('/wechat/follow', { personId: 'zhangyu', follows: false })
    const { query, body } = await lastPush()
    expect(body.toString()).toContain('<Encrypt>')
    expect(push().readMessage(query, body)).toMatchObject({
      appId: OA,
      event: 'unsubscribe',
      mediaVerdict: null,
    })
  })
})

import { createDecipheriv } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MINI_APPID, OA_APPID, post, startWechat, type Answer, type WechatBed } from '../testing'

const KEY = 'B'.repeat(43)

/** Opens what was pushed, written here once more from wechat.md 2.2. */
function opened(body: string): Record<string, unknown> {
  const { Encrypt } = JSON.parse(body) as { Encrypt: string }
  const key = Buffer.from(`${KEY}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(Encrypt, 'base64'), decipher.final()])
  const end = 20 + plain.readUInt32BE(16)
  return JSON.parse(plain.subarray(20, end).toString()) as Record<string, unknown>
}

describe('the check of pictures and recordings (wechat.md section 5)', () => {
  let bed: WechatBed
  let pictures: Server
  let origin: string
  let token: string
  let answerWith: { status: number; body: Buffer }
  beforeEach(async () => {
    bed = await startWechat()
    bed.kernel.config.wechat.mini.push = {
      url: `${bed.portal.origin}/wx/push`,
      token: 'AAAAA',
      encodingAesKey: KEY,
    }
    answerWith = { status: 200, body: Buffer.from('\xff\xd8\xff\xe0 a picture', 'latin1') }
    pictures = createServer((_, response) => response.writeHead(answerWith.status).end(answerWith.body))
    await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}`
    const issued = await post(`${bed.address}/wechat-api/cgi-bin/stable_token`, {
      grant_type: 'client_credential',
      appid: MINI_APPID,
      secret: 'mini-secret',
    })
    token = String(issued.json['access_token'])
    await post(`${bed.address}/control/wechat/login-code`, { personId: 'zhangyu' })
  })
  afterEach(async () => {
    await bed.close()
    pictures.closeAllConnections()
    await new Promise((resolve) => pictures.close(resolve))
  })

  const openid = (appid = MINI_APPID): string => bed.kernel.people.openid('zhangyu', appid)
  const ask = (changes: object = {}): Promise<Answer> =>
    post(`${bed.address}/wechat-api/wxa/media_check_async?access_token=${token}`, {
      media_url: `${origin}/a.jpg`,
      media_type: 2,
      version: 2,
      scene: 2,
      openid: openid(),
      ...changes,
    })
  const pushed = async (): Promise<Record<string, unknown>[]> => {
    await bed.kernel.clock.advance(10_000)
    await bed.kernel.notifier.idle()
    return bed.portal.received.map((one) => opened(one.body))
  }

  it('answers a trace now and pushes the verdict for it later, as the document shows it', async () => {
    const asked = await ask()
    expect(asked.json).toMatchObject({ errcode: 0, errmsg: 'ok' })
    expect(bed.portal.received).toHaveLength(0)
    const [event] = await pushed()
    expect(event).toMatchObject({
      FromUserName: openid(),
      MsgType: 'event',
      Event: 'wxa_media_check',
      appid: MINI_APPID,
      trace_id: asked.json['trace_id'],
      version: 2,
      detail: [{ strategy: 'content_model', errcode: 0, suggest: 'pass', label: 100, prob: 90 }],
      errcode: 0,
      result: { suggest: 'pass', label: 100 },
    })
    expect(event).not.toHaveProperty('isrisky')
  })

  it.each([
    [{ media_type: 3 }, 40_004],
    [{ media_url: '' }, 87_020],
    [{ media_url: 'ftp://x/y' }, 87_020],
    [{ scene: 9 }, 40_129],
    [{ version: 1 }, 40_129],
    [{ openid: 'nobody' }, 40_003],
    [{ extra: 1 }, 47_001],
  ])('refuses %j with %i', async (changes, errcode) => {
    expect((await ask(changes)).json['errcode']).toBe(errcode)
  })

  it('knows no openid of the service account, and nobody who opened the mini-program long ago', async () => {
    expect((await ask({ openid: openid(OA_APPID) })).json['errcode']).toBe(40_003)
    await bed.kernel.clock.advance(2 * 3_600_000 + 1)
    expect([61_010, 42_001]).toContain((await ask()).json['errcode'])
  })

  it.each([
    ['an error', 404, Buffer.from('gone')],
    ['a page instead of a picture', 200, Buffer.from('<!doctype html>')],
    [
      'more than ten megabytes',
      200,
      Buffer.concat([Buffer.from('\xff\xd8\xff', 'latin1'), Buffer.alloc(10 * 1024 * 1024)]),
    ],
  ])('says -1008 when the address gives %s', async (_, status, body) => {
    answerWith = { status, body }
    await ask()
    expect(await pushed()).toMatchObject([{ errcode: -1008 }])
  })

  it.each([
    ['media-check.risky', { errcode: 0, result: { suggest: 'risky', label: 20_012 } }],
    ['media-check.review', { errcode: 0, result: { suggest: 'review' } }],
    ['media-check.unreachable', { errcode: -1008 }],
  ])('%s makes the next verdict so', async (name, expected) => {
    bed.kernel.faults.set({ name, times: 1 })
    await ask()
    expect(await pushed()).toMatchObject([expected])
  })

  it('may be silent, or late', async () => {
    bed.kernel.faults.set({ name: 'media-check.silent', times: 1 })
    await ask()
    expect(await pushed()).toEqual([])
    bed.kernel.faults.set({ name: 'media-check.late', times: 1 })
    await ask()
    expect(await pushed()).toEqual([])
    await bed.kernel.clock.advance(25 * 60_000)
    expect(await pushed()).toHaveLength(1)
  })
})

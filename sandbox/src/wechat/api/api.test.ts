import { createHash } from 'node:crypto'
import { call, MINI_APPID, OA_APPID, post, startWechat, type Answer, type WechatBed } from '../testing'
import { jsSdkSignature } from './ticket'

const MINUTE_MS = 60_000
const RID = /rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/

describe("WeChat's server API (wechat.md 1 and 2)", () => {
  let bed: WechatBed
  beforeEach(async () => {
    bed = await startWechat()
  })
  afterEach(() => bed.close())

  const get = (path: string): Promise<Answer> => call(`${bed.address}/wechat-api${path}`)
  const send = (path: string, body: unknown): Promise<Answer> =>
    post(`${bed.address}/wechat-api${path}`, body)
  const act = async (path: string, body: unknown): Promise<Record<string, unknown>> =>
    (await post(`${bed.address}/control/wechat/${path}`, body)).json
  const errcode = async (answer: Promise<Answer>): Promise<unknown> => {
    const { status, json } = await answer
    expect(status).toBe(200)
    return json['errcode']
  }
  const session = (code: unknown, changes: Record<string, string> = {}): Promise<Answer> => {
    const query = new URLSearchParams({
      appid: MINI_APPID,
      secret: 'mini-secret',
      js_code: String(code),
      grant_type: 'authorization_code',
      ...changes,
    })
    return get(`/sns/jscode2session?${query}`)
  }
  const stable = async (appid = MINI_APPID, changes: object = {}): Promise<Record<string, unknown>> => {
    const secret = appid === MINI_APPID ? 'mini-secret' : 'oa-secret'
    return (
      await send('/cgi-bin/stable_token', { grant_type: 'client_credential', appid, secret, ...changes })
    ).json
  }
  const classic = async (): Promise<string> =>
    String(
      (await get(`/cgi-bin/token?grant_type=client_credential&appid=${MINI_APPID}&secret=mini-secret`)).json[
        'access_token'
      ],
    )
  const works = async (token: unknown): Promise<unknown> =>
    errcode(send(`/wxa/business/getuserphonenumber?access_token=${String(token)}`, { code: 'none' }))

  describe('login', () => {
    it('takes a code once, within five minutes, and gives openid, session_key and unionid', async () => {
      const { code } = await act('login-code', { personId: 'zhangyu', appid: MINI_APPID })
      expect(code).toMatch(/^0[A-Za-z0-9]{31}$/)
      const { json } = await session(code)
      expect(json).toMatchObject({ openid: bed.kernel.people.openid('zhangyu', MINI_APPID) })
      expect(json).not.toHaveProperty('errcode')
      expect(json['openid']).toMatch(/^o[\w-]{27}$/)
      expect(Buffer.from(String(json['session_key']), 'base64')).toHaveLength(16)
      expect(json['unionid']).toBe(bed.kernel.people.get('zhangyu')?.unionid)
      expect(await errcode(session(code))).toBe(40163)
      const late = await act('login-code', { personId: 'zhangyu' })
      await bed.kernel.clock.advance(5 * MINUTE_MS)
      expect(await errcode(session(late['code']))).toBe(40029)
    })

    it('refuses in the platform order and words, with a rid after a comma', async () => {
      const forged = await session('0forged')
      expect(forged.json['errcode']).toBe(40029)
      expect(forged.json['errmsg']).toMatch(/^invalid code, rid: /)
      expect(forged.json['errmsg']).toMatch(RID)
      expect(await errcode(session('x', { appid: 'wx00000000000000ff', secret: '' }))).toBe(40013)
      expect(await errcode(session('x', { secret: 'wrong' }))).toBe(40125)
      expect(await errcode(session('x', { grant_type: 'other' }))).toBe(40002)
    })

    it('gives no unionid to one who has none, and never the same openid at two accounts', async () => {
      const { code } = await act('login-code', { personId: 'wangxiaoming' })
      expect((await session(code)).json).not.toHaveProperty('unionid')
      const { people } = bed.kernel
      expect(people.openid('zhangyu', MINI_APPID)).not.toBe(people.openid('zhangyu', OA_APPID))
    })

    it('rotates the session_key at some logins and keeps it at others', async () => {
      const keys: unknown[] = []
      for (let index = 0; index < 30; index += 1) {
        const { code } = await act('login-code', { personId: 'zhangyu' })
        keys.push((await session(code)).json['session_key'])
      }
      const changes = keys.filter((key, index) => index > 0 && key !== keys[index - 1]).length
      expect(changes).toBeGreaterThan(0)
      expect(changes).toBeLessThan(29)
    })
  })

  describe('phone number', () => {
    it('exchanges the phone code once; it is not the login code', async () => {
      const { access_token: token } = await stable()
      const path = `/wxa/business/getuserphonenumber?access_token=${String(token)}`
      const { code } = await act('phone-code', { personId: 'zhangyu' })
      const login = await act('login-code', { personId: 'zhangyu' })
      expect(await errcode(send(path, { code: login['code'] }))).toBe(40029)
      expect((await send(path, { code })).json).toMatchObject({
        errcode: 0,
        phone_info: { phoneNumber: '13800138001', countryCode: '86', watermark: { appid: MINI_APPID } },
      })
      expect(await errcode(send(path, { code }))).toBe(40029)
      expect(await errcode(send(path, 'not json'))).toBe(47001)
      expect(await errcode(send(path, ''))).toBe(44002)
      expect(await errcode(get(path))).toBe(43002)
    })

    it('has no code for one without a verified number', async () => {
      const answer = await post(`${bed.address}/control/wechat/phone-code`, { personId: 'wangxiaoming' })
      expect(answer.status).toBe(409)
    })

    it('checks the openid when it is given', async () => {
      const { access_token: token } = await stable()
      const { code } = await act('phone-code', { personId: 'zhangyu' })
      const openid = bed.kernel.people.openid('liguilan', MINI_APPID)
      const path = `/wxa/business/getuserphonenumber?access_token=${String(token)}`
      expect(await errcode(send(path, { code, openid }))).toBe(40029)
    })
  })

  describe('access tokens', () => {
    it('kills the classic predecessor at once and leaves the stable one alone', async () => {
      const first = await classic()
      const { access_token: steady } = await stable()
      expect(await works(first)).toBe(40029)
      const second = await classic()
      expect(await works(first)).toBe(40001)
      expect([await works(second), await works(steady)]).toEqual([40029, 40029])
    })

    it('gives the same stable token with its remaining time, and a new one five minutes before the end', async () => {
      const first = await stable()
      expect(first['expires_in']).toBe(7200)
      await bed.kernel.clock.advance(110 * MINUTE_MS)
      expect(await stable()).toEqual({ access_token: first['access_token'], expires_in: 600 })
      await bed.kernel.clock.advance(6 * MINUTE_MS)
      const next = await stable()
      expect(next['access_token']).not.toBe(first['access_token'])
      expect(await works(first['access_token'])).toBe(40029)
      await bed.kernel.clock.advance(5 * MINUTE_MS)
      expect([await works(first['access_token']), await works(next['access_token'])]).toEqual([42001, 40029])
    })

    it('forces a refresh at most every 30 s and 20 times a day', async () => {
      const first = await stable()
      const forced = await stable(MINI_APPID, { force_refresh: true })
      expect(forced['access_token']).not.toBe(first['access_token'])
      expect(await works(first['access_token'])).toBe(40001)
      expect((await stable(MINI_APPID, { force_refresh: true }))['errcode']).toBe(45011)
      for (let index = 1; index < 20; index += 1) {
        await bed.kernel.clock.advance(30_000)
        expect(await stable(MINI_APPID, { force_refresh: true })).toHaveProperty('access_token')
      }
      await bed.kernel.clock.advance(30_000)
      expect((await stable(MINI_APPID, { force_refresh: true }))['errcode']).toBe(45009)
    })

    it('refuses a missing token, a foreign one, and one killed by another process', async () => {
      expect(await errcode(send('/wxa/business/getuserphonenumber', { code: 'x' }))).toBe(41001)
      const foreign = await stable(OA_APPID)
      const answer = await send(
        `/wxa/business/getuserphonenumber?access_token=${String(foreign['access_token'])}`,
        { code: 'x' },
      )
      expect(answer.json['errcode']).toBe(40001)
      expect(answer.json['errmsg']).toMatch(
        /^invalid credential, access_token is invalid or not latest.* rid: /,
      )
      const mine = await stable()
      bed.kernel.faults.set({ name: 'token.killed', times: 1 })
      expect(await works(mine['access_token'])).toBe(40001)
      expect(await works((await stable())['access_token'])).toBe(40029)
    })

    it('checks the appid before everything and counts 2,000 classic tokens a day', async () => {
      const wrong = await get('/cgi-bin/token?grant_type=x&appid=wx1&secret=x')
      expect(wrong.json['errcode']).toBe(40013)
      expect(wrong.json['errmsg']).toMatch(/^invalid appid rid: /)
      const day = bed.kernel.store.table<{ window: number; count: number }>('wechat.counters')
      await classic()
      const key = `token|${MINI_APPID}|86400000`
      day.put(key, { window: day.get(key)?.window ?? 0, count: 2_000 })
      const path = `/cgi-bin/token?grant_type=client_credential&appid=${MINI_APPID}&secret=mini-secret`
      expect(await errcode(get(path))).toBe(45009)
      await bed.kernel.clock.advance(14 * 60 * MINUTE_MS)
      expect((await get(path)).json).toHaveProperty('access_token')
    })
  })

  describe('JS-SDK', () => {
    it('signs as the documented vector', () => {
      const ticket = 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg'
      const url = 'http://mp.weixin.qq.com?params=value'
      const expected = '0f9de62fce790f9a083d5c99e95740ceb90c27ed'
      expect(jsSdkSignature(ticket, 'Wm3WZYTPz0wzccnW', '1414587457', url)).toBe(expected)
      expect(jsSdkSignature(ticket, 'Wm3WZYTPz0wzccnW', '1414587457', `${url}#part`)).toBe(expected)
    })

    it('keeps one ticket for two hours and checks wx.config with it', async () => {
      const { access_token: token } = await stable(OA_APPID)
      const path = `/cgi-bin/ticket/getticket?type=jsapi&access_token=${String(token)}`
      const { json } = await get(path)
      await bed.kernel.clock.advance(MINUTE_MS)
      expect((await get(path)).json).toEqual({ ...json, expires_in: 7140 })
      const url = 'https://pay.example.com/h5/?a=1'
      const text = `jsapi_ticket=${String(json['ticket'])}&noncestr=n1&timestamp=1700000000&url=${url}`
      const signature = createHash('sha1').update(text).digest('hex')
      const config = {
        appid: OA_APPID,
        timestamp: 1_700_000_000,
        nonceStr: 'n1',
        signature,
        url: `${url}#/home`,
      }
      expect(await act('check-js-sdk', config)).toEqual({ errMsg: 'config:ok' })
      expect(await act('check-js-sdk', { ...config, nonceStr: 'n2' })).toEqual({
        errMsg: 'config:invalid signature',
      })
    })
  })

  it('answers a planned error code for one path, and nothing elsewhere', async () => {
    bed.kernel.faults.set({ name: 'api.errcode', params: { errcode: -1, path: 'getticket' } })
    expect(await errcode(get('/cgi-bin/ticket/getticket?type=jsapi'))).toBe(-1)
    expect(await errcode(session('x'))).toBe(40029)
  })
})

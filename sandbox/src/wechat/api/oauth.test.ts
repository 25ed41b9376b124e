import { call, OA_APPID, post, startWechat, type Answer, type WechatBed } from '../testing'

const REDIRECT = 'https://pay.example.com/h5/callback?from=menu'

describe('web authorization (wechat.md 2.6)', () => {
  let bed: WechatBed
  beforeEach(async () => {
    bed = await startWechat()
  })
  afterEach(() => bed.close())

  const authorize = (
    changes: Record<string, string> = {},
    person: string | null = 'zhangyu',
  ): Promise<Answer> => {
    const query = new URLSearchParams({
      appid: OA_APPID,
      redirect_uri: REDIRECT,
      response_type: 'code',
      scope: 'snsapi_base',
      state: 'abc123',
      ...changes,
    })
    const headers = person === null ? {} : { Cookie: `sandbox_person=${person}` }
    return call(`${bed.address}/wechat-open/connect/oauth2/authorize?${query}`, { headers })
  }
  const codeOf = (answer: Answer): string =>
    new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
  const exchange = (code: string): Promise<Answer> =>
    call(
      `${bed.address}/wechat-api/sns/oauth2/access_token?appid=${OA_APPID}&secret=oa-secret&code=${code}&grant_type=authorization_code`,
    )
  const sns = (path: string): Promise<Answer> => call(`${bed.address}/wechat-api/sns/${path}`)

  it('goes back at once and silently with snsapi_base, with code and state beside the old query', async () => {
    const answer = await authorize()
    expect(answer.status).toBe(302)
    const target = new URL(answer.headers.get('location') ?? '')
    expect(target.origin + target.pathname).toBe('https://pay.example.com/h5/callback')
    expect(target.searchParams.get('from')).toBe('menu')
    expect(target.searchParams.get('state')).toBe('abc123')
    const { json } = await exchange(codeOf(answer))
    expect(json).toMatchObject({
      expires_in: 7200,
      openid: bed.kernel.people.openid('zhangyu', OA_APPID),
      scope: 'snsapi_base',
    })
    expect(json).not.toHaveProperty('unionid')
    expect(json).not.toHaveProperty('is_snapshotuser')
  })

  it('takes a code once and within five minutes', async () => {
    const code = codeOf(await authorize())
    await exchange(code)
    expect((await exchange(code)).json['errcode']).toBe(40163)
    const late = codeOf(await authorize())
    await bed.kernel.clock.advance(300_000)
    expect((await exchange(late)).json['errcode']).toBe(40029)
    expect((await exchange('0forged')).json['errcode']).toBe(40029)
  })

  it('marks a snapshot visitor', async () => {
    const { json } = await exchange(codeOf(await authorize({}, 'visitor')))
    expect(json['is_snapshotuser']).toBe(1)
  })

  it('asks before it gives the profile away, and then gives unionid and userinfo', async () => {
    const asked = await authorize({ scope: 'snsapi_userinfo' })
    expect(asked.status).toBe(200)
    expect(asked.text).toContain('允许')
    expect((await authorize({ scope: 'snsapi_userinfo', consent: 'deny' })).text).toContain('拒绝授权')
    const { json } = await exchange(codeOf(await authorize({ scope: 'snsapi_userinfo', consent: 'allow' })))
    expect(json['unionid']).toBe(bed.kernel.people.get('zhangyu')?.unionid)
    const query = `access_token=${String(json['access_token'])}&openid=${String(json['openid'])}`
    expect((await sns(`userinfo?${query}&lang=zh_CN`)).json).toMatchObject({ nickname: '张玉' })
    expect((await sns(`auth?${query}`)).json).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(
      (await sns(`auth?access_token=${String(json['access_token'])}&openid=other`)).json['errcode'],
    ).toBe(40003)
  })

  it('keeps userinfo closed to snsapi_base, and refreshes for 30 days', async () => {
    const { json } = await exchange(codeOf(await authorize()))
    const query = `access_token=${String(json['access_token'])}&openid=${String(json['openid'])}`
    expect((await sns(`userinfo?${query}`)).json['errcode']).toBe(48001)
    const refresh = (): Promise<Answer> =>
      sns(
        `oauth2/refresh_token?appid=${OA_APPID}&grant_type=refresh_token&refresh_token=${String(json['refresh_token'])}`,
      )
    await bed.kernel.clock.advance(7_200_000)
    expect((await sns(`auth?${query}`)).json['errcode']).toBe(42001)
    expect((await refresh()).json).toMatchObject({ openid: json['openid'], expires_in: 7200 })
    await bed.kernel.clock.advance(30 * 86_400_000)
    expect((await refresh()).json['errcode']).toBe(40030)
  })

  it.each<[string, Record<string, string>, string]>([
    ['another domain', { redirect_uri: 'https://evil.example.com/' }, '10003'],
    ['a sub-domain', { redirect_uri: 'https://a.pay.example.com/' }, '10003'],
    ['an unknown scope', { scope: 'snsapi_login' }, '10005'],
    ['an unknown appid', { appid: 'wx00000000000000ff' }, '40013'],
    ['a state with other characters', { state: 'a/b' }, '40097'],
    ['a state that is too long', { state: 'a'.repeat(129) }, '40097'],
  ])('shows an error page for %s and never goes back', async (_name, changes, code) => {
    const answer = await authorize(changes)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('location')).toBeNull()
    expect(answer.text).toContain(code)
  })

  it('asks who holds the phone when nobody does', async () => {
    const answer = await authorize({}, null)
    expect(answer.text).toContain('张玉')
    expect((await authorize({ person: 'liguilan' }, null)).status).toBe(302)
  })

  it('lets a test approve without a browser', async () => {
    const { json } = await post(`${bed.address}/control/wechat/oauth-approve`, {
      personId: 'liguilan',
      redirectUri: REDIRECT,
      state: 's1',
    })
    const { openid } = (await exchange(String(json['code']))).json
    expect(openid).toBe(bed.kernel.people.openid('liguilan', OA_APPID))
  })
})

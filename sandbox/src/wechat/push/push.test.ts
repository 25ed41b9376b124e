import { createDecipheriv } from 'node:crypto'
import { MINI_APPID, OA_APPID, post, startWechat } from '../testing'
import { encryptPush, pushSignature } from './crypto'

const KEY_A = 'A'.repeat(43)
const KEY_B = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const MESSAGE_A =
  '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}'
const ENCRYPT_A =
  '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04='
const REPLY_A = 'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=='
const MESSAGE_C =
  '<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName><FromUserName><![CDATA[oUpF8uMuAJO_M2pxb1Q9zNjWeS6o]]></FromUserName><CreateTime>1767232801</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[供热报修]]></Content><MsgId>7300000000000000001</MsgId></xml>'
const ENCRYPT_C =
  'jn1L23DB+6ELqJ+6bruv24gEk84YO6i27QfAlEavBPz7jbApunix/sNXYT8yepHalMLIi32EDe5wlIX1z6aAD5q85s+pACknJ/xthsZ0rCrEdGxXI0CTaSEzGDrbSBmMfwN6c+Piirk3Eu4l8moolstddZnEuaC9NouN+gf53LOkkkxhs2AGGQqwSbJyPmuGzfb/+4l6R5Fa906Zp0uq8YRKxzzwKfILrYigSA2BgdUBa/owCeIHoIQQGdkw9Cbm3AZjFSxLIwdNh+uhn6bdJ62Fp+z8foYrfH3sUYxROmC3EGvEjGo+gu6Sh9s/xlpLUUpPI2Ot9URtmBNCjAW5rrF1e3xcUyN3FdMiunVfEiUu9PZ/rhtyJ1KWmcq0EWnHDkMrpUyCaP/nLTiqAm/eTdsqAdgPkioKY1T+nBXRtIM='

describe('the message push (wechat.md 2.1 to 2.3)', () => {
  it('signs as the documented vectors', () => {
    expect(pushSignature('AAAAA', '1714036504', '1514711492')).toBe(
      'f464b24fc39322e44b38aa78f5edd27bd1441696',
    )
    expect(pushSignature('AAAAA', '1714037059', '486452656')).toBe('899cf89e464efb63f54ddac96b0a0a235f53aa78')
    expect(pushSignature('AAAAA', '1714112445', '415670741')).toBe('6c5c811b55cc85e0e1b54100749188c20beb3f5d')
    expect(pushSignature('AAAAA', '1714112445', '415670741', ENCRYPT_A)).toBe(
      '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
    )
    expect(pushSignature('AAAAA', '1713424427', '415670741', REPLY_A)).toBe(
      '1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1',
    )
    expect(pushSignature('pamtest', '1767232801', '987654321', ENCRYPT_C)).toBe(
      '856419e7204d09ba131b8c2a41bdbde26f0c55bc',
    )
  })

  it('encrypts as the documented vectors, Chinese included', () => {
    expect(encryptPush(KEY_A, 'wxba5fad812f8e6fb9', MESSAGE_A, 'a8eedb185eb2fecf')).toBe(ENCRYPT_A)
    expect(encryptPush(KEY_A, 'wxba5fad812f8e6fb9', '{"demo_resp":"good luck"}', '707722b803182950')).toBe(
      REPLY_A,
    )
    expect(encryptPush(KEY_B, 'wxb11529c136998cb6', '我是中文abcd123', 'aaaabbbbccccdddd')).toBe(
      'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==',
    )
    expect(encryptPush(KEY_B, 'wxb11529c136998cb6', MESSAGE_C, 'aaaabbbbccccdddd')).toBe(ENCRYPT_C)
  })

  it('pushes the popup event and the unfollowing, three times when nobody answers success', async () => {
    const bed = await startWechat()
    const { mini, oa } = bed.kernel.config.wechat
    mini.push = { url: `${bed.portal.origin}/push/mini`, token: 'AAAAA', encodingAesKey: KEY_A }
    oa.pushUrl = `${bed.portal.origin}/push/oa`
    const answer = { personId: 'zhangyu', tmplIds: ['tmpl-bill'], answer: 'accept' }
    await post(`${bed.address}/control/wechat/subscribe`, answer)
    await bed.kernel.notifier.idle()
    bed.portal.answerWith(500)
    await post(`${bed.address}/control/wechat/follow`, { personId: 'zhangyu', follows: false })
    await bed.kernel.notifier.idle()
    await bed.kernel.clock.advance(60_000)
    const paths = bed.portal.received.map((one) => one.path.split('?')[0])
    expect(paths).toEqual(['/push/mini', '/push/oa', '/push/oa', '/push/oa'])
    const [popup, unfollow] = bed.portal.received.map((one) => {
      const query = new URLSearchParams(one.path.split('?')[1])
      const encrypted = /"Encrypt":"([^"]+)"|<Encrypt><!\[CDATA\[([^\]]+)/.exec(one.body)
      const text = encrypted?.[1] ?? encrypted?.[2] ?? ''
      const part = (name: string): string => query.get(name) ?? ''
      expect(part('msg_signature')).toBe(pushSignature('AAAAA', part('timestamp'), part('nonce'), text))
      const key = Buffer.from(`${KEY_A}=`, 'base64')
      const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
      const plain = Buffer.concat([decipher.update(text, 'base64'), decipher.final()])
      const end = 20 + plain.readUInt32BE(16)
      const appid = plain.subarray(end, plain.length - (plain.at(-1) ?? 0)).toString()
      return { appid, message: plain.subarray(20, end).toString() }
    })
    expect(popup?.appid).toBe(MINI_APPID)
    expect(JSON.parse(popup?.message ?? '{}')).toMatchObject({
      Event: 'subscribe_msg_popup_event',
      List: { TemplateId: 'tmpl-bill', SubscribeStatusString: 'accept', PopupScene: '0' },
    })
    expect(unfollow?.appid).toBe(OA_APPID)
    expect(unfollow?.message).toContain('<Event><![CDATA[unsubscribe]]></Event>')
    await bed.close()
  })
})

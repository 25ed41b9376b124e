import { createCipheriv, createHash } from 'node:crypto'
import { fixedClock } from '../../core/clock'
import type { MessagePush } from '../message-push'
import { createWechatPush } from './push'
import { readFlatXml } from './push-xml'

const clock = fixedClock(1_767_232_802_000)
const KEY_A = 'A'.repeat(43)
const KEY_B = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const refusedAs = (code: string): Error => expect.objectContaining({ code }) as Error

function pushFor(appId: string, token: string, encodingAesKey: string): MessagePush {
  const made = createWechatPush([{ appId, push: { token, encodingAesKey } }], clock)
  if (!made) throw new Error('no account')
  return made
}

/** Seals as the platform does (wechat.md 2.2), written here once more. */
function sealed(message: string, given: { appId?: string; length?: number; pad?: number } = {}): string {
  const key = Buffer.from(`${KEY_B}=`, 'base64')
  const body = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(given.length ?? body.length)
  const plain = Buffer.concat([
    Buffer.from('aaaabbbbccccdddd'),
    length,
    body,
    Buffer.from(given.appId ?? 'wxb11529c136998cb6'),
  ])
  const missing = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(missing, given.pad ?? missing)])),
    cipher.final(),
  ]).toString('base64')
}

function signed(encrypted: string): { query: Record<string, string>; body: Buffer } {
  const parts = ['pamtest', '1767232801', '987654321', encrypted].sort()
  const signature = createHash('sha1').update(parts.join('')).digest('hex')
  return {
    query: { timestamp: '1767232801', nonce: '987654321', msg_signature: signature },
    body: Buffer.from(
      `<xml><ToUserName><![CDATA[gh]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
    ),
  }
}

describe('the message push, by the documented vectors (wechat.md 2.2)', () => {
  test('vector A: JSON', () => {
    const encrypt =
      '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04='
    const query = {
      signature: '6c5c811b55cc85e0e1b54100749188c20beb3f5d',
      timestamp: '1714112445',
      nonce: '415670741',
      msg_signature: '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
    }
    const push = pushFor('wxba5fad812f8e6fb9', 'AAAAA', KEY_A)
    const body = Buffer.from(JSON.stringify({ ToUserName: 'gh_97417a04a28d', Encrypt: encrypt }))
    expect(push.readMessage(query, body)).toMatchObject({ event: 'debug_demo', mediaVerdict: null })
    const stranger = pushFor('wxba5fad812f8e6fb8', 'AAAAA', KEY_A)
    expect(() => stranger.readMessage(query, body)).toThrow(refusedAs('malformed_notice'))
    const otherToken = pushFor('wxba5fad812f8e6fb9', 'AAAAB', KEY_A)
    expect(() => otherToken.readMessage(query, body)).toThrow(refusedAs('bad_signature'))
  })

  test('vector C: XML with Chinese and a MsgId larger than a number holds', () => {
    const encrypt =
      'jn1L23DB+6ELqJ+6bruv24gEk84YO6i27QfAlEavBPz7jbApunix/sNXYT8yepHalMLIi32EDe5wlIX1z6aAD5q85s+pACknJ/xthsZ0rCrEdGxXI0CTaSEzGDrbSBmMfwN6c+Piirk3Eu4l8moolstddZnEuaC9NouN+gf53LOkkkxhs2AGGQqwSbJyPmuGzfb/+4l6R5Fa906Zp0uq8YRKxzzwKfILrYigSA2BgdUBa/owCeIHoIQQGdkw9Cbm3AZjFSxLIwdNh+uhn6bdJ62Fp+z8foYrfH3sUYxROmC3EGvEjGo+gu6Sh9s/xlpLUUpPI2Ot9URtmBNCjAW5rrF1e3xcUyN3FdMiunVfEiUu9PZ/rhtyJ1KWmcq0EWnHDkMrpUyCaP/nLTiqAm/eTdsqAdgPkioKY1T+nBXRtIM='
    const query = {
      timestamp: '1767232801',
      nonce: '987654321',
      msg_signature: '856419e7204d09ba131b8c2a41bdbde26f0c55bc',
    }
    const push = pushFor('wxb11529c136998cb6', 'pamtest', KEY_B)
    const body = (text: string): Buffer => Buffer.from(`<xml><Encrypt><![CDATA[${text}]]></Encrypt></xml>`)
    const message = push.readMessage(query, body(encrypt))
    expect(message).toMatchObject({ appId: 'wxb11529c136998cb6', event: null })
    const neighbour = signed(
      sealed(
        '<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><MsgId>7300000000000000002</MsgId></xml>',
      ),
    )
    expect(push.readMessage(neighbour.query, neighbour.body).dedupe).not.toBe(message.dedupe)
  })

  test('the echo that proves the address', () => {
    const push = pushFor('wxba5fad812f8e6fb9', 'AAAAA', KEY_A)
    const query = {
      signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696',
      timestamp: '1714036504',
      nonce: '1514711492',
      echostr: '4375120948345356249',
    }
    expect(push.readEcho(query)).toBe('4375120948345356249')
    for (const changed of [{ signature: '' }, { nonce: '1' }, { echostr: '<script>' }, { echostr: '' }])
      expect(() => push.readEcho({ ...query, ...changed })).toThrow(refusedAs('bad_signature'))
    expect(() => push.readEcho({})).toThrow(refusedAs('bad_signature'))
  })
})

describe('what comes rightly signed and is no message', () => {
  const push = pushFor('wxb11529c136998cb6', 'pamtest', KEY_B)
  const plain = '<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType></xml>'

  test.each([
    ['a document type', `<!DOCTYPE xml SYSTEM "file:///etc/passwd">${plain}`],
    [
      'an entity',
      `<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]><xml><FromUserName>&e;</FromUserName></xml>`,
    ],
    ['a processing instruction', `<?xml-stylesheet href="http://127.0.0.1:9/"?>${plain}`],
    ['an element twice', plain.replace('</xml>', '<MsgType>text</MsgType></xml>')],
    ['an element that never ends', plain.replace('</MsgType>', '')],
    ['nothing', ''],
    ['JSON that is none', '{"FromUserName":'],
    ['JSON of another shape', '[1,2]'],
    [
      'a verdict without a trace',
      '{"FromUserName":"o","CreateTime":1,"MsgType":"event","Event":"wxa_media_check"}',
    ],
  ])('%s is refused', (_, text) => {
    const { query, body } = signed(sealed(text))
    expect(() => push.readMessage(query, body)).toThrow(refusedAs('malformed_notice'))
  })

  test.each([
    ['of another account', sealed(plain, { appId: 'wx0000000000000000' })],
    ['longer than it is', sealed(plain, { length: 4_000_000_000 })],
    ['padded wrongly', sealed(plain, { pad: 0 })],
    ['padded by more than a block', sealed(plain, { pad: 200 })],
    ['cut', sealed(plain).slice(0, 30)],
    ['empty in the middle', Buffer.alloc(32).toString('base64')],
  ])('%s is refused, and the process lives', (_, encrypted) => {
    const { query, body } = signed(encrypted)
    expect(() => push.readMessage(query, body)).toThrow(refusedAs('malformed_notice'))
  })

  test('an envelope with a document type is refused before its signature is looked at', () => {
    const { query } = signed(sealed(plain))
    const body = Buffer.from(`<!DOCTYPE xml SYSTEM "http://127.0.0.1:9/"><xml><Encrypt>x</Encrypt></xml>`)
    expect(() => push.readMessage(query, body)).toThrow(refusedAs('malformed_notice'))
    expect(() => push.readMessage(query, Buffer.from(plain))).toThrow(refusedAs('malformed_notice'))
  })

  test('no account with a push, no push', () => {
    expect(createWechatPush([{ appId: 'wxb11529c136998cb6' }], clock)).toBeNull()
  })
})

describe('flat XML', () => {
  test('text, sections and the five entities are read; what has elements in it is left out', () => {
    const text = '<xml><A><![CDATA[1 < 2 & <b>]]></A><B> &lt;x&gt;&amp;&#65; </B><C><D>1</D></C><E></E></xml>'
    expect({ ...readFlatXml(text) }).toEqual({ A: '1 < 2 & <b>', B: '<x>&&#65;', E: '' })
  })

  test('a prototype cannot be reached, and long input is read in no time', () => {
    const fields = readFlatXml('<xml><__proto__>1</__proto__><constructor>2</constructor></xml>')
    expect(fields?.['constructor']).toBe('2')
    expect(({} as Record<string, unknown>)['1']).toBeUndefined()
    const started = performance.now()
    for (const filler of ['<A>', '<![CDATA[', '<A><B>', ' ', '<A>x'])
      readFlatXml(`<xml>${filler.repeat(8000)}</xml>`)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

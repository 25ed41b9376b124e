import { createHash } from 'node:crypto'
import { fixedClock } from '../../core/clock'
import type { PushedMessage } from '../message-push'
import { createWechatPush } from './push'
import { openPush, pushSignature, sealPush } from './push-cipher'

const KEY_A = 'A'.repeat(43)
const KEY_B = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const APP_B = 'wxb11529c136998cb6'
const NOW = 1_767_232_801_000
const refusedAs = (code: string): Error => expect.objectContaining({ code }) as Error

describe('sealing, by the documented vectors (wechat.md 2.2)', () => {
  test('vector A: the reply of the official page', () => {
    const sealed = 'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=='
    const random = Buffer.from('707722b803182950')
    expect(sealPush(KEY_A, 'wxba5fad812f8e6fb9', '{"demo_resp":"good luck"}', random)).toBe(sealed)
    expect(pushSignature(['AAAAA', '1713424427', '415670741', sealed])).toBe(
      '1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1',
    )
  })

  test('vector B: Chinese text, both ways', () => {
    const sealed = 'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=='
    expect(sealPush(KEY_B, APP_B, '我是中文abcd123', Buffer.from('aaaabbbbccccdddd'))).toBe(sealed)
    expect(openPush(KEY_B, APP_B, sealed)).toBe('我是中文abcd123')
  })
})

const push = createWechatPush(
  [
    { appId: APP_B, push: { token: 'pamtest', encodingAesKey: KEY_B } },
    { appId: 'wx0000000000000009', push: { token: 'openmode' } },
  ],
  fixedClock(NOW),
)
const sha1 = (parts: string[]): string => createHash('sha1').update(parts.sort().join('')).digest('hex')

function pushed(opened: string): PushedMessage {
  const sealed = sealPush(KEY_B, APP_B, opened, Buffer.from('aaaabbbbccccdddd'))
  const query = {
    timestamp: '1767232801',
    nonce: '987654321',
    msg_signature: sha1(['pamtest', '1767232801', '987654321', sealed]),
  }
  const read = push?.readMessage(query, Buffer.from(`<xml><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`))
  if (!read) throw new Error('no push')
  return read
}

const json = (fields: object): string =>
  JSON.stringify({ ToUserName: 'gh_1', FromUserName: 'o1', CreateTime: 1_767_232_801, ...fields })
const jsonEvent = (Event: string, fields: object = {}): string => json({ MsgType: 'event', Event, ...fields })
const xml = (inner: string): string =>
  `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>1767232801</CreateTime>${inner}</xml>`
const xmlEvent = (name: string, inner = ''): string =>
  xml(`<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${name}]]></Event>${inner}`)

const POPUP = { TemplateId: 't1', SubscribeStatusString: 'accept', PopupScene: '0' }
const SENT = { TemplateId: 't1', MsgID: '1864323726461255680', ErrorCode: '0', ErrorStatus: 'success' }
const accepted = {
  kind: 'subscription-choices',
  where: 'popup',
  choices: [{ templateId: 't1', choice: 'accept' }],
}
const sent = {
  kind: 'subscription-results',
  results: [{ templateId: 't1', messageId: '1864323726461255680', delivered: true, code: '0' }],
}

test.each<[string, string, object]>([
  [
    'words, with a number larger than JavaScript holds',
    xml(
      '<MsgType>text</MsgType><Content><![CDATA[供热 < 报修]]></Content><MsgId>7300000000000000001</MsgId>',
    ),
    { kind: 'text', text: '供热 < 报修', messageId: '7300000000000000001' },
  ],
  [
    'words in JSON, the number unquoted',
    `{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1482048670,"MsgType":"text","Content":"\\"MsgId\\":12","MsgId":7300000000000000001}`,
    { kind: 'text', text: '"MsgId":12', messageId: '7300000000000000001' },
  ],
  [
    'a picture',
    json({ MsgType: 'image', PicUrl: 'http://x', MediaId: 'm', MsgId: 12 }),
    { kind: 'other', type: 'image', messageId: '12', words: '', mediaId: 'm' },
  ],
  ['a new follower', xmlEvent('subscribe', '<EventKey></EventKey>'), { kind: 'subscribe', scene: null }],
  [
    'a new follower by a code',
    xmlEvent('subscribe', '<EventKey><![CDATA[qrscene_h-10010001]]></EventKey><Ticket>T</Ticket>'),
    { kind: 'subscribe', scene: 'h-10010001' },
  ],
  [
    'a follower who scans; no prefix then',
    xmlEvent('SCAN', '<EventKey>10010001</EventKey><Ticket>T</Ticket>'),
    { kind: 'scan', scene: '10010001' },
  ],
  ['a follower who leaves', xmlEvent('unsubscribe', '<EventKey></EventKey>'), { kind: 'unsubscribe' }],
  ['a click', xmlEvent('CLICK', '<EventKey><![CDATA[faq]]></EventKey>'), { kind: 'click', key: 'faq' }],
  [
    'a page opened from the menu',
    xmlEvent('VIEW', '<EventKey><![CDATA[https://a.cn/?a=1&b=2]]></EventKey><MenuId>1</MenuId>'),
    { kind: 'view', target: 'https://a.cn/?a=1&b=2' },
  ],
  [
    'a page of the mini-program',
    xmlEvent('view_miniprogram', '<EventKey>pages/home/index</EventKey><MenuId>1</MenuId>'),
    { kind: 'view', target: 'pages/home/index' },
  ],
  [
    'a place',
    xmlEvent('LOCATION', '<Latitude>41.80</Latitude><Longitude>123.43</Longitude><Precision>9</Precision>'),
    { kind: 'location', latitude: 41.8, longitude: 123.43 },
  ],
  [
    'a message that was delivered',
    xmlEvent(
      'TEMPLATESENDJOBFINISH',
      '<MsgID>9223372036854775807</MsgID><Status><![CDATA[success]]></Status>',
    ),
    { kind: 'template-result', messageId: '9223372036854775807', state: 'delivered', code: 'success' },
  ],
  [
    'a message to somebody who wants none',
    xmlEvent('TEMPLATESENDJOBFINISH', '<MsgID>1</MsgID><Status><![CDATA[failed:user block]]></Status>'),
    { kind: 'template-result', messageId: '1', state: 'blocked', code: 'failed:userblock' },
  ],
  [
    'the same with a space after the colon',
    xmlEvent('TEMPLATESENDJOBFINISH', '<MsgID>1</MsgID><Status><![CDATA[failed: user block]]></Status>'),
    { kind: 'template-result', messageId: '1', state: 'blocked', code: 'failed:userblock' },
  ],
  [
    'a message that the platform lost',
    xmlEvent('TEMPLATESENDJOBFINISH', '<MsgID>1</MsgID><Status><![CDATA[failed: system failed]]></Status>'),
    { kind: 'template-result', messageId: '1', state: 'failed', code: 'failed:systemfailed' },
  ],
  ['a choice, the list an object', jsonEvent('subscribe_msg_popup_event', { List: POPUP }), accepted],
  ['a choice, the list an array', jsonEvent('subscribe_msg_popup_event', { List: [POPUP] }), accepted],
  [
    'two choices in XML',
    xmlEvent(
      'subscribe_msg_popup_event',
      '<SubscribeMsgPopupEvent><List><TemplateId><![CDATA[t1]]></TemplateId><SubscribeStatusString><![CDATA[accept]]></SubscribeStatusString><PopupScene>2</PopupScene></List><List><TemplateId><![CDATA[t2]]></TemplateId><SubscribeStatusString><![CDATA[reject]]></SubscribeStatusString><PopupScene>2</PopupScene></List></SubscribeMsgPopupEvent>',
    ),
    { ...accepted, choices: [...accepted.choices, { templateId: 't2', choice: 'reject' }] },
  ],
  [
    'a choice taken back in the settings, in XML',
    xmlEvent(
      'subscribe_msg_change_event',
      '<SubscribeMsgChangeEvent><List><TemplateId>t1</TemplateId><SubscribeStatusString>reject</SubscribeStatusString></List></SubscribeMsgChangeEvent>',
    ),
    { kind: 'subscription-choices', where: 'settings', choices: [{ templateId: 't1', choice: 'reject' }] },
  ],
  ['a result, its numbers as text', jsonEvent('subscribe_msg_sent_event', { List: SENT }), sent],
  [
    'a result, its numbers as numbers',
    `{"FromUserName":"o1","CreateTime":"1620963428","MsgType":"event","Event":"subscribe_msg_sent_event","List":[{"TemplateId":"t1","MsgID":1864323726461255680,"ErrorCode":0,"ErrorStatus":"success"}]}`,
    sent,
  ],
  [
    'a result in XML that failed',
    xmlEvent(
      'subscribe_msg_sent_event',
      '<SubscribeMsgSentEvent><List><TemplateId>t1</TemplateId><MsgID>1864323726461255680</MsgID><ErrorCode>-1</ErrorCode><ErrorStatus>fail</ErrorStatus></List></SubscribeMsgSentEvent>',
    ),
    { kind: 'subscription-results', results: [{ ...sent.results[0], delivered: false, code: '-1' }] },
  ],
  [
    'a permission taken back',
    jsonEvent('user_authorization_revoke', { OpenID: 'o7', AppID: 'wx1', RevokeInfo: '205,206' }),
    { kind: 'person-changed', change: 'revoked', openid: 'o7', revoked: ['205', '206'] },
  ],
  [
    'an account that was closed',
    xmlEvent('user_authorization_cancellation', '<OpenID>o7</OpenID><AppID>wx1</AppID>'),
    { kind: 'person-changed', change: 'cancelled', openid: 'o7', revoked: [] },
  ],
  [
    'a profile that changed',
    jsonEvent('user_info_modified', { OpenID: 'o7', AppID: 'wx1', RevokeInfo: 1 }),
    { kind: 'person-changed', change: 'modified', openid: 'o7', revoked: ['1'] },
  ],
  [
    'somebody opens the chat',
    jsonEvent('user_enter_tempsession', { SessionFrom: 's' }),
    { kind: 'enter-chat', sessionFrom: 's' },
  ],
  ['an event of tomorrow', jsonEvent('wxa_trade_controlled'), { kind: 'event' }],
])('%s is read', (_what, opened, content) => {
  expect(pushed(opened)).toMatchObject({ appId: APP_B, content, from: 'o1' })
})

test.each([
  ['a result without its number', xmlEvent('TEMPLATESENDJOBFINISH', '<Status>success</Status>')],
  ['a list of something else', jsonEvent('subscribe_msg_popup_event', { List: 'x' })],
  [
    'a list with a hole',
    xmlEvent('subscribe_msg_popup_event', '<SubscribeMsgPopupEvent>x</SubscribeMsgPopupEvent>'),
  ],
  ['a change of nobody', jsonEvent('user_authorization_revoke', { RevokeInfo: '205' })],
  ['a time that is none', json({ CreateTime: 'soon', MsgType: 'text', Content: 'x' })],
])('%s is refused', (_what, opened) => {
  expect(() => pushed(opened)).toThrow(refusedAs('malformed_notice'))
})

test('N18: a delivery repeated is the same message; two choices within one second are two', () => {
  const choice = (id: string): string =>
    jsonEvent('subscribe_msg_popup_event', { List: { ...POPUP, TemplateId: id } })
  expect(pushed(choice('t1')).dedupe).toBe(pushed(choice('t1')).dedupe)
  expect(pushed(choice('t1')).dedupe).not.toBe(pushed(choice('t2')).dedupe)
  const words = (id: string): string => json({ MsgType: 'text', Content: 'a', MsgId: id })
  expect(pushed(words('7300000000000000001')).dedupe).not.toBe(pushed(words('7300000000000000002')).dedupe)
})

describe('the answer on the same connection', () => {
  const words = xml('<MsgType>text</MsgType><Content>你好</Content><MsgId>1</MsgId>')

  test('is sealed, signed, and goes from the account to the person', () => {
    const message = pushed(words)
    const answer = push?.answerText(message, '已收到 ]]> 请稍等')
    const part = (name: string): string =>
      new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^\\]<]+)`).exec(answer?.body ?? '')?.[1] ?? ''
    expect(answer?.contentType).toBe('text/xml; charset=utf-8')
    expect(part('Nonce')).toBe('987654321')
    expect(part('MsgSignature')).toBe(sha1(['pamtest', part('TimeStamp'), '987654321', part('Encrypt')]))
    expect(openPush(KEY_B, APP_B, part('Encrypt'))).toBe(
      '<xml><ToUserName><![CDATA[o1]]></ToUserName><FromUserName><![CDATA[gh_1]]></FromUserName><CreateTime>1767232801</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[已收到 ]]]]><![CDATA[> 请稍等]]></Content></xml>',
    )
  })

  test('keeps the format, and its length', () => {
    const answer = push?.answerText(
      pushed(json({ MsgType: 'text', Content: 'a', MsgId: 1 })),
      '暖'.repeat(5000),
    )
    const sealed = JSON.parse(answer?.body ?? '{}') as Record<string, string>
    expect(Object.keys(sealed)).toEqual(['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce'])
    const opened = JSON.parse(openPush(KEY_B, APP_B, sealed['Encrypt'] ?? '') ?? '{}') as { Content: string }
    expect(Buffer.byteLength(opened.Content)).toBeLessThanOrEqual(2048)
    expect(opened.Content).toMatch(/^暖+…$/)
  })

  test('can hand the conversation to WeChat’s own console', () => {
    const { body } = push?.answerTransfer(pushed(json({ MsgType: 'text', Content: 'a', MsgId: 1 }))) ?? {
      body: '',
    }
    const { Encrypt } = JSON.parse(body) as { Encrypt: string }
    expect(openPush(KEY_B, APP_B, Encrypt)).toContain('"MsgType":"transfer_customer_service"')
  })
})

describe('plain mode', () => {
  const body = Buffer.from(xml('<MsgType>text</MsgType><Content>你好</Content><MsgId>1</MsgId>'))
  const signed = (timestamp: string, token = 'openmode'): Record<string, string> => ({
    timestamp,
    nonce: 'n1',
    signature: sha1([token, timestamp, 'n1']),
  })

  test('is read for the account that is set to it, and answered open', () => {
    const message = push?.readMessage(signed('1767232801'), body)
    expect(message).toMatchObject({ appId: 'wx0000000000000009', content: { kind: 'text', text: '你好' } })
    const answer = message === undefined ? undefined : push?.answerText(message, '好')
    expect(answer?.body).toContain('<Content><![CDATA[好]]></Content>')
  })

  test('is refused when the signature is another’s, old, or of an account in safe mode', () => {
    for (const query of [signed('1767232801', 'pamtest'), signed('1767230000'), signed('x'), {}])
      expect(() => push?.readMessage(query, body)).toThrow(refusedAs('bad_signature'))
  })
})

import { KEY_APP, paidTrade, startRig, type Rig } from './testing'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(async () => rig.close())

const DATA = { keyword1: { value: '2026-11' }, keyword2: { value: '128.50元' } }

async function send(more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const bizContent = {
    to_open_id: rig.kernel.people.alipayOpenId('zhangyu', KEY_APP),
    user_template_id: 'tpl-paid',
    page: 'pages/receipt/index?id=1',
    data: JSON.stringify(DATA),
    ...more,
  }
  const method = 'alipay.open.app.mini.templatemessage.send'
  return { ...(await rig.sdk(KEY_APP).exec(method, { bizContent }, { validateSign: true })) }
}

const subscribe = (entityIds: string[], answer: unknown): Promise<Record<string, unknown>> =>
  rig.control('/alipay/subscribe', { personId: 'zhangyu', entityIds, answer })

test('one grant carries one message, and it arrives on the phone', async () => {
  expect(await send()).toMatchObject({ code: '40004', subCode: 'MSG_UNSUBSCRIBED' })
  expect(await subscribe(['tpl-paid'], 'accept')).toMatchObject({
    behavior: 'subscribe',
    'tpl-paid': 'accept',
  })
  expect(await send()).toMatchObject({ code: '10000' })
  expect(await send()).toMatchObject({ subCode: 'MSG_UNSUBSCRIBED' })
  expect(rig.kernel.inbox.list('zhangyu', 'alipay')).toEqual([
    expect.objectContaining({
      title: '缴费成功通知',
      page: 'pages/receipt/index?id=1',
      fields: [
        { label: '账单月份', value: '2026-11' },
        { label: '缴费金额', value: '128.50元' },
      ],
    }),
  ])
})

test('grants add up and a long-term subscription does not run out until it is declined', async () => {
  await subscribe(['tpl-paid'], 'accept')
  await subscribe(['tpl-paid'], 'accept')
  expect([await send(), await send(), await send()].map((one) => one['code'])).toEqual([
    '10000',
    '10000',
    '40004',
  ])
  await subscribe(['tpl-outage'], 'accept')
  const outage = { user_template_id: 'tpl-outage', data: '{"keyword1":{"value":"今晚 22:00"}}' }
  expect(await send(outage)).toMatchObject({ code: '10000' })
  expect(await send(outage)).toMatchObject({ code: '10000' })
  await subscribe(['tpl-outage'], 'reject')
  expect(await send(outage)).toMatchObject({ subCode: 'MSG_UNSUBSCRIBED' })
})

test('the panel refuses too many ids, unknown ids and mixed kinds, and tells a dismissal', async () => {
  expect(await subscribe(['tpl-paid', 'a', 'b', 'c'], 'accept')).toMatchObject({ ok: false, error: 203 })
  expect(await subscribe(['nobody'], 'accept')).toMatchObject({ ok: false, error: 106008 })
  expect(await subscribe(['tpl-paid', 'tpl-outage'], 'accept')).toMatchObject({ ok: false, error: 106002 })
  expect(await subscribe(['tpl-paid'], 'cancel')).toMatchObject({ ok: false, error: 11 })
  expect(await send()).toMatchObject({ subCode: 'MSG_UNSUBSCRIBED' })
})

test.each([
  ['data as an object', { data: DATA }, 'BIZ_CONTENT_FORMAT_ERROR'],
  ['data that is no JSON', { data: 'keyword1=1' }, 'DATA_CONTENT_FORMAT_ERROR'],
  ['empty data', { data: '{}' }, 'DATA_IS_EMPTY'],
  ['a missing keyword', { data: '{"keyword1":{"value":"1"}}' }, 'USER_TEMPLATE_LACK_KEYWORD'],
  [
    'a keyword too many',
    { data: JSON.stringify({ ...DATA, keyword3: { value: '1' } }) },
    'MESSAGE_TEMPLATE_KEYWORD_ILLEGAL',
  ],
  [
    '51 characters',
    { data: JSON.stringify({ ...DATA, keyword2: { value: '水'.repeat(51) } }) },
    'USER_KEYWORD_LENGTH_ERROR',
  ],
  ['an unknown template', { user_template_id: 'tpl-none' }, 'USER_TEMPLATE_ILLEGAL'],
  ['an unknown person', { to_open_id: 'nobody' }, 'USER_ID_INVALID'],
  [
    'a user id at an open_id application',
    { to_open_id: undefined, to_user_id: '2088102177846001' },
    'USER_ID_INVALID',
  ],
])('%s is refused without using up the grant', async (_what, more, subCode) => {
  await subscribe(['tpl-paid'], 'accept')
  expect(await send(more)).toMatchObject({ code: '40004', subCode })
  expect(await send()).toMatchObject({ code: '10000' })
})

test('the trade number of a payment serves as form_id for seven days, for its payer only', async () => {
  const tradeNo = await paidTrade(rig, 'F1')
  expect(await send({ form_id: tradeNo })).toMatchObject({ code: '10000' })
  const other = rig.kernel.people.alipayOpenId('liguilan', KEY_APP)
  expect(await send({ form_id: tradeNo, to_open_id: other })).toMatchObject({
    subCode: 'TRADE_NO_NOT_MATCH_USERID',
  })
  expect(await send({ form_id: '2026' })).toMatchObject({ subCode: 'FORM_ID_INVALID' })
  await rig.kernel.clock.advance(7 * 86_400_000 + 1)
  expect(await send({ form_id: tradeNo })).toMatchObject({ subCode: 'FORM_ID_OVER_TIME' })
})

test('a refusal and a limit can be ordered, and use nothing up', async () => {
  await subscribe(['tpl-paid'], 'accept')
  rig.kernel.faults.set({ name: 'alipay.message.refused', times: 1, params: { subCode: 'DATA_SENSITIVE' } })
  expect(await send()).toMatchObject({ code: '40004', subCode: 'DATA_SENSITIVE' })
  rig.kernel.faults.set({ name: 'alipay.call-limited', times: 1 })
  expect(await send()).toMatchObject({ code: '40005', subCode: 'isv.app-call-limited' })
  expect(await send()).toMatchObject({ code: '10000' })
})

describe('the life account', () => {
  const method = 'alipay.open.public.message.single.send'
  const say = async (template: object = {}, to = 'zhangyu'): Promise<Record<string, unknown>> => {
    const bizContent = {
      to_open_id: to === '' ? 'nobody' : rig.kernel.people.alipayOpenId(to, KEY_APP),
      template: { template_id: 'tpl-paid', context: { ...DATA, url: 'https://a.cn' }, ...template },
    }
    return { ...(await rig.sdk(KEY_APP).exec(method, { bizContent }, { validateSign: true })) }
  }

  test('reaches who follows it, as often as it likes', async () => {
    expect(await say()).toMatchObject({ code: '40004', subCode: 'MSG_SD_NOFOLLOW' })
    await rig.control('/alipay/follow', { personId: 'zhangyu', appId: KEY_APP })
    expect([(await say())['code'], (await say())['code']]).toEqual(['10000', '10000'])
    expect(rig.kernel.inbox.list('zhangyu', 'alipay')[0]).toMatchObject({
      kind: 'life',
      page: 'https://a.cn',
    })
    await rig.control('/alipay/follow', { personId: 'zhangyu', appId: KEY_APP, follows: false })
    expect(await say()).toMatchObject({ subCode: 'MSG_SD_NOFOLLOW' })
  })

  test.each([
    ['another template', { template_id: 'tpl-none' }, 'MSG_TEMPLATE_ID_INVALID'],
    ['a keyword too many', { context: { ...DATA, keyword9: { value: 'x' } } }, 'MSG_TEMPLATE_KEY_INVALID'],
    ['a keyword too few', { context: { keyword1: DATA.keyword1 } }, 'MSG_TEMPLATE_CONTEXT_LACK_KEY'],
    ['no context', { context: 'x' }, 'MSG_TEMPLATE_CONTEXT_LACK_KEY'],
  ])('refuses %s', async (_what, template, subCode) => {
    await rig.control('/alipay/follow', { personId: 'zhangyu', appId: KEY_APP })
    expect(await say(template)).toMatchObject({ code: '40004', subCode })
    expect(await say({}, '')).toMatchObject({ subCode: 'OPENID_INVALID' })
  })
})

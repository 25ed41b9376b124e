import { chatOf, miniChat } from '../../../sandbox/src/wechat/push/chat'
import type { KeptMail } from '../../../sandbox/src/mail/index'
import type { OutgoingMessage } from './message-channel'
import { ALIPAY_MINI, MINI, OA, REPORT_TOKEN, type SandboxBed, startSandboxBed } from './testing/sandbox-bed'

/** Every channel against the sandbox: what we send passes its rules, and what it answers is read as it is meant. */
let bed: SandboxBed
beforeAll(async () => {
  bed = await startSandboxBed()
})
afterAll(() => bed.close())
afterEach(() => {
  for (const { name } of bed.kernel.faults.active()) bed.kernel.faults.clear(name)
})

const fault = (name: string, params?: Record<string, unknown>, times = 1): void =>
  bed.kernel.faults.set({ name, times, ...(params === undefined ? {} : { params }) })
const person = (openid: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  to: openid,
  idType: 'openid',
  templateId: 'tmpl-paid',
  fields: { thing1: '松海园' },
  page: 'pages/home/index',
  ...more,
})
const phoneOf = (kind: string) => bed.kernel.inbox.list('zhangyu').filter((one) => one.kind === kind)

describe('subscribe messages of the mini-program', () => {
  const send = (more: Partial<OutgoingMessage> = {}) =>
    bed.platforms.messages.wechatMini.send(person(bed.kernel.people.openid('zhangyu', MINI), more))
  const allow = () =>
    bed.control('/wechat/subscribe', { personId: 'zhangyu', tmplIds: ['tmpl-paid'], answer: 'accept' })

  test('N04: without a credit a message is refused, and our count was wrong', async () => {
    expect(await send()).toMatchObject({ state: 'refused', platformCode: '43101', advice: 'no-credit' })
  })

  test('N05: a value that is too long is cut before it is sent, and a wrong key is the template’s fault', async () => {
    await allow()
    expect(await send({ fields: { thing1: '一'.repeat(40) } })).toMatchObject({ state: 'delivered' })
    expect(phoneOf('subscribe')[0]?.fields).toEqual([{ label: '地址', value: `${'一'.repeat(19)}…` }])
    const wrong = await send({ fields: { thing1: '松海园', thing2: '停暖' } })
    expect(wrong).toMatchObject({ state: 'failed', platformCode: '47003', advice: 'rest-template' })
    expect(await send({ templateId: 'none' })).toMatchObject({
      platformCode: '40037',
      advice: 'rest-template',
    })
  })

  test('N01: a token that another process has killed costs one refresh, and the message goes out once', async () => {
    await allow()
    fault('token.killed')
    const before = phoneOf('subscribe').length
    expect(await send()).toMatchObject({ state: 'delivered' })
    expect(phoneOf('subscribe')).toHaveLength(before + 1)
  })

  test('N03: the quota of the day rests the channel', async () => {
    fault('api.quota', { path: 'subscribe/send', after: 0 })
    expect(await send()).toMatchObject({ state: 'later', platformCode: '45009', advice: 'rest-channel' })
  })

  test('N06: two at once to one person are sent one after the other', async () => {
    fault('subscribe.concurrent')
    expect(await send()).toMatchObject({ state: 'later', advice: 'serialise' })
  })

  test('N07: a message that was taken before the line was cut is unknown', async () => {
    await allow()
    const before = phoneOf('subscribe').length
    fault('http.cut', { path: 'subscribe/send' })
    expect(await send()).toMatchObject({ state: 'unknown', platformCode: null })
    expect(phoneOf('subscribe')).toHaveLength(before + 1)
  })

  test('N15: a platform that says it is too busy has done nothing, and is left alone for a while', async () => {
    fault('http.429', { path: 'subscribe/send' })
    const busy = await send()
    expect(busy).toMatchObject({ state: 'later', advice: 'rest-channel' })
    expect(busy.waitMs).toBeGreaterThan(0)
  })
})

describe('the official account', () => {
  const openid = () => bed.kernel.people.openid('zhangyu', OA)
  const template = (more: Partial<OutgoingMessage> = {}) =>
    bed.platforms.messages.wechatOa.send(person(openid(), { templateId: 'tmpl-oa', ...more }))
  const chat = () =>
    bed.platforms.messages.wechatCs.send({
      to: openid(),
      content: {
        kind: 'text',
        text: '师傅已出发',
        link: { label: '看进度', page: 'pages/request/index?id=1' },
      },
    })

  test('a template message reaches a follower, and the same one once', async () => {
    const id = '01KAZ0000000000000000000AB'
    const first = await template({ id })
    expect(first).toMatchObject({
      state: 'delivered',
      platformMessageId: expect.stringMatching(/^18\d{17}$/),
    })
    expect(await template({ id })).toEqual(first)
    expect(phoneOf('template')).toHaveLength(1)
    expect(phoneOf('template')[0]?.page).toBe('http://portal.test/#/pages/home/index')
    await bed.control('/wechat/follow', { personId: 'zhangyu', follows: false })
    expect(await template()).toMatchObject({ state: 'refused', platformCode: '43004', advice: 'unreachable' })
    await bed.control('/wechat/follow', { personId: 'zhangyu' })
  })

  test('words reach somebody who wrote, five times', async () => {
    await bed.kernel.clock.advance(120_000)
    expect(await chat()).toMatchObject({ state: 'refused', platformCode: '45015', advice: 'window-closed' })
    await bed.control('/wechat/account-text', { personId: 'zhangyu', text: '暖气不热' })
    expect(await chat()).toMatchObject({ state: 'delivered' })
    for (let sent = 1; sent < 5; sent += 1) await chat()
    expect(await chat()).toMatchObject({ state: 'refused', platformCode: '45047', advice: 'window-closed' })
    const page = await fetchChat()
    expect(page).toContain(
      '师傅已出发\n<a data-miniprogram-appid="wx0000000000000001" data-miniprogram-path="pages/request/index?id=1" href="http://portal.test/#/pages/request/index?id=1">看进度</a>',
    )
  })

  test('an article and a page of the mini-program pass, too', async () => {
    await bed.control('/wechat/account-text', { personId: 'zhangyu', text: '在吗' })
    const send = (content: Parameters<typeof bed.platforms.messages.wechatCs.send>[0]['content']) =>
      bed.platforms.messages.wechatCs.send({ to: openid(), content })
    const link = {
      label: '停暖通知',
      url: 'http://portal.test/#/notice',
      description: '明天',
      pictureUrl: null,
    }
    expect(await send({ kind: 'link', ...link })).toMatchObject({ state: 'delivered' })
    const page = { title: '进度', page: 'pages/request/index', thumbMediaId: 'm1' }
    expect(await send({ kind: 'miniprogrampage', ...page })).toMatchObject({ state: 'delivered' })
    const long = { kind: 'text', text: '暖'.repeat(3000) } as const
    expect(await send(long)).toMatchObject({ state: 'delivered' })
  })

  test('several links stand below the words, each on its own line, and the words give way to them', async () => {
    const links = ['甲', '乙'].map((label) => ({ label, page: `chat/article/index?articleId=${label}` }))
    const content = { kind: 'text', text: '暖'.repeat(1000), links } as const
    const outcome = await bed.platforms.messages.wechatCs.send({ to: openid(), content })
    expect(outcome).toMatchObject({ state: 'delivered' })
    const text = chatOf(bed.kernel, 'zhangyu').at(-1)?.text ?? ''
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048)
    expect(
      text
        .split('\n')
        .slice(-2)
        .map((line) => />(.)<\/a>$/.exec(line)?.[1]),
    ).toEqual(['甲', '乙'])
  })

  test('a picture is uploaded and shown; what is no picture is refused for good, an upload that failed is not', async () => {
    const send = (bytes: Buffer) =>
      bed.platforms.messages.wechatCs.send({
        to: openid(),
        content: { kind: 'image', contentType: 'image/jpeg', bytes },
      })
    const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex')
    expect(await send(jpeg)).toMatchObject({ state: 'delivered' })
    expect(chatOf(bed.kernel, 'zhangyu').at(-1)?.kind).toBe('image')
    expect(await send(Buffer.from('no picture'))).toMatchObject({ state: 'failed', platformCode: '40005' })
    bed.kernel.faults.set({ name: 'http.500', times: 1, params: { path: 'media/upload' } })
    expect(await send(jpeg)).toMatchObject({ state: 'later' })
    const media = bed.platforms.chatMedia['wechat-oa']
    expect(await media.fetch('never')).toEqual({ state: 'gone', platformCode: '40007' })
    bed.kernel.faults.set({ name: 'http.cut', times: 1, params: { path: 'media/get' } })
    expect(await media.fetch('never')).toEqual({ state: 'later', platformCode: null })
  })

  test('the mini-program’s window takes words, an article and a page of its own', async () => {
    await bed.control('/wechat/mini-text', { personId: 'zhangyu', text: '你好' })
    const to = bed.kernel.people.openid('zhangyu', MINI)
    const { wechatMiniCs } = bed.platforms.messages
    const link = {
      label: '停暖通知',
      url: 'http://portal.test/#/notice',
      description: '明天',
      pictureUrl: null,
    }
    const page = { title: '进度', page: 'pages/request/index', thumbMediaId: 'm1' }
    for (const content of [
      { kind: 'text', text: '您好' },
      { kind: 'link', ...link },
      { kind: 'miniprogrampage', ...page },
    ] as const)
      expect(await wechatMiniCs.send({ to, content })).toMatchObject({ state: 'delivered' })
    const kinds = chatOf(bed.kernel, miniChat('zhangyu')).map(({ kind }) => kind)
    expect(kinds).toEqual(['text', 'text', 'link', 'link'])
  })

  const fetchChat = async (): Promise<string> =>
    JSON.stringify(bed.kernel.store.table('wechat.account-chat').get('zhangyu'))
      .replaceAll('\\"', '"')
      .replaceAll('\\n', '\n')

  test('the menu is published as the phone will show it', async () => {
    await bed.platforms.officialAccount.createMenu([
      { type: 'click', name: '常见问题', key: 'faq' },
      {
        name: '缴费',
        buttons: [
          { type: 'view', name: '查账单', url: 'https://portal.test/#/bills' },
          { type: 'miniprogram', name: '小程序', page: 'pages/home/index', url: 'https://portal.test' },
        ],
      },
    ])
    expect(bed.kernel.store.table('wechat.account-menu').get('menu')).toEqual([
      { type: 'click', name: '常见问题', key: 'faq' },
      {
        name: '缴费',
        sub_button: [
          { type: 'view', name: '查账单', url: 'https://portal.test/#/bills' },
          {
            type: 'miniprogram',
            name: '小程序',
            url: 'https://portal.test',
            appid: MINI,
            pagepath: 'pages/home/index',
          },
        ],
      },
    ])
    fault('api.errcode', { path: 'menu/create', errcode: 48001 })
    await expect(
      bed.platforms.officialAccount.createMenu([{ type: 'click', name: '问题', key: 'k' }]),
    ).rejects.toMatchObject({
      code: 'platform_unavailable',
    })
  })

  test('a page is signed so that wx.config takes it, with one ticket for many pages', async () => {
    const url = 'https://portal.test/?a=1#/scan'
    const signed = await bed.platforms.officialAccount.signPage(url)
    const { appId: appid, ...rest } = signed
    const check = await bed.control('/wechat/check-js-sdk', { appid, ...rest, url })
    expect(check).toEqual({ errMsg: 'config:ok' })
    fault('api.errcode', { path: 'getticket', errcode: 45009 }, 99)
    expect((await bed.platforms.officialAccount.signPage('https://portal.test/other')).signature).not.toBe(
      signed.signature,
    )
  })
})

describe('Alipay', () => {
  const message = (templateId = 'tpl-paid'): OutgoingMessage => ({
    to: bed.kernel.people.alipayOpenId('zhangyu', ALIPAY_MINI),
    idType: 'open_id',
    templateId,
    fields: { keyword1: '停暖\n'.repeat(30) },
    page: 'pages/home/index',
  })

  test('a message is cut to one line of fifty, and each refusal has its meaning', async () => {
    const { alipayMini } = bed.platforms.messages
    expect(await alipayMini.send(message())).toMatchObject({ state: 'refused', advice: 'no-credit' })
    await bed.control('/alipay/subscribe', { personId: 'zhangyu', entityIds: ['tpl-paid'], answer: 'accept' })
    expect(await alipayMini.send(message('none'))).toMatchObject({ state: 'failed', advice: 'rest-template' })
    fault('alipay.call-limited')
    expect(await alipayMini.send(message())).toMatchObject({ state: 'later', advice: 'rest-channel' })
    fault('alipay.message.refused', { subCode: 'MSG_BRAND_NEW' })
    expect(await alipayMini.send(message())).toMatchObject({ state: 'later', advice: 'page-staff' })
    expect(await alipayMini.send(message())).toMatchObject({ state: 'delivered' })
  })

  test('the life account reaches who follows it', async () => {
    const { alipayLife } = bed.platforms.messages
    expect(await alipayLife.send(message())).toMatchObject({
      state: 'refused',
      platformCode: 'MSG_SD_NOFOLLOW',
      advice: 'unreachable',
    })
    await bed.control('/alipay/follow', { personId: 'zhangyu', appId: ALIPAY_MINI })
    expect(await alipayLife.send(message())).toMatchObject({ state: 'delivered' })
  })
})

describe('text messages and mail', () => {
  const text = (fields: Record<string, string> = { household: '松海园', what: '停暖' }): OutgoingMessage => ({
    to: '13800138001',
    idType: 'phone',
    templateId: 'SMS_OUTAGE',
    fields,
    page: null,
  })

  test('N21: a text message is reported on: taken, and then failed', async () => {
    fault('sms.report-failed', { code: 'MK:0001' })
    const sent = await bed.platforms.sms.send(text())
    expect(sent).toMatchObject({ state: 'delivered', platformMessageId: expect.stringMatching(/\^0$/) })
    await bed.kernel.clock.advance(3000)
    const { url, body } = await bed.lastNotice()
    expect(url).toBe(`/sms/report/${REPORT_TOKEN}`)
    expect(bed.platforms.sms.readReports(url.slice('/sms/report/'.length), body)).toEqual([
      { platformMessageId: sent.platformMessageId, state: 'failed', code: 'MK:0001', parts: 1 },
    ])
  })

  test('values are cut to what a variable may hold; an empty one is not sent', async () => {
    expect(await bed.platforms.sms.send(text({ household: '一'.repeat(50), what: 'a\nb' }))).toMatchObject({
      state: 'delivered',
    })
    expect(phoneOf('sms')[0]?.fields[0]?.value).toBe(`【一户】${'一'.repeat(34)}…a b`)
    expect(await bed.platforms.sms.send(text({ household: ' ', what: '停暖' }))).toMatchObject({
      state: 'failed',
      platformCode: 'unfit:household',
    })
  })

  test.each([
    ['sms.out-of-money', 'rest-channel'],
    ['sms.system-error', 'page-staff'],
  ])('%s waits', async (name, advice) => {
    fault(name)
    expect(await bed.platforms.sms.send(text())).toMatchObject({ state: 'later', advice })
  })

  test('a mail arrives readable', async () => {
    const head = { name: '开热公司', ground: '#B33C0C', logo: null }
    const mail = { to: 'anna@example.com', subject: '停暖通知：松海园', text: '您好：\n\n明天停暖。' }
    expect(await bed.platforms.mail.send({ ...mail, head })).toMatchObject({ state: 'delivered' })
    const kept = bed.kernel.store.table<KeptMail>('mail.inbox').all().at(-1)
    expect(kept).toMatchObject({ ...mail, from: '一户 <notice@portal.test>' })
    fault('mail.taken-then-cut')
    expect(await bed.platforms.mail.send({ ...mail, head })).toMatchObject({ state: 'unknown' })
    fault('mail.greylist')
    expect(await bed.platforms.mail.send({ ...mail, head })).toMatchObject({ state: 'later' })
  })
})

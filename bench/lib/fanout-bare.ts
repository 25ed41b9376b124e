import { createPrivateKey, createPublicKey, sign, verify, X509Certificate } from 'node:crypto'
import { Pool } from 'undici'
import { shanghaiDateTime } from '../../server/src/core/clock'
import type { Config } from '../../server/src/platforms/whole-config'
import type { BenchPerson, BenchWallet } from './fanout-task'

/** One message, as whoever has nothing else to do would send it; throws when the platform did not take it. */
export type BareCall = () => Promise<void>

/** What the notice of the bench says; its sender takes the same from rows. */
export const FACTS = {
  what: '突发停暖',
  area: '全市',
  startsAt: '2026年11月22日 14:20',
  endsAt: '2026年11月22日 18:00',
  reason: '供热管线漏水，正在抢修',
  phone: '96123',
}
const VALUES = ['松海园 41-6-404', FACTS.what, FACTS.startsAt, FACTS.endsAt, FACTS.reason]

/** The calls of both wallets over one keep-alive pool each: token and JSON for WeChat, a signature each way for Alipay. */
export async function bareCalls(
  { platforms }: Config,
  person: BenchPerson,
  atOnce: number,
): Promise<{ readonly calls: Readonly<Record<BenchWallet, BareCall>>; readonly close: () => Promise<void> }> {
  const { wechat, alipay } = platforms
  const wechatPool = new Pool(new URL(wechat.apiBaseUrl).origin, { connections: atOnce, pipelining: 1 })
  const alipayPool = new Pool(new URL(alipay.gatewayUrl).origin, { connections: atOnce, pipelining: 1 })
  return {
    calls: {
      wechat: await wechatCall(wechatPool, wechat, person.wechat),
      alipay: alipayCall(alipayPool, alipay, person.alipay),
    },
    close: async () => {
      await Promise.all([wechatPool.close(), alipayPool.close()])
    },
  }
}

async function wechatCall(
  pool: Pool,
  wechat: Config['platforms']['wechat'],
  openid: string,
): Promise<BareCall> {
  const { pathname } = new URL(wechat.apiBaseUrl)
  const call = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await pool.request({
      method: 'POST',
      path: `${pathname}${path}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await answer.body.json()) as Record<string, unknown>
  }
  const { appId: appid, secret } = wechat.mini
  const asked = { grant_type: 'client_credential', appid, secret, force_refresh: false }
  const token = String((await call('/cgi-bin/stable_token', asked))['access_token'])
  const keys = ['thing1', 'thing2', 'time3', 'thing4', 'thing5']
  const body = {
    touser: openid,
    template_id: templateId(wechat.subscribeTemplates['outage-emergency']),
    page: 'pages/notice/index?id=1',
    miniprogram_state: 'formal',
    lang: 'zh_CN',
    data: Object.fromEntries(keys.map((key, at) => [key, { value: VALUES[at] }])),
  }
  return async () => {
    const answer = await call(`/cgi-bin/message/subscribe/send?access_token=${token}`, body)
    if (answer['errcode'] !== 0) throw new Error(JSON.stringify(answer))
  }
}

const METHOD = 'alipay.open.app.mini.templatemessage.send'
const ANSWER = /"alipay_open_app_mini_templatemessage_send_response":(\{[^}]*\}).*"sign":"([^"]+)"/

function alipayCall(pool: Pool, alipay: Config['platforms']['alipay'], userId: string): BareCall {
  const app = alipay.apps['mini']
  if (!app) throw new Error('the demo has a mini-program at Alipay')
  const key = createPrivateKey(app.privateKey)
  const theirs =
    app.mode === 'key'
      ? createPublicKey(app.alipayPublicKey)
      : new X509Certificate(app.alipayPublicCertPem).publicKey
  const { pathname } = new URL(alipay.gatewayUrl)
  const data = Object.fromEntries(VALUES.map((value, at) => [`keyword${at + 1}`, { value }]))
  const content = JSON.stringify({
    to_user_id: userId,
    user_template_id: templateId(alipay.messageTemplates['outage-emergency']),
    page: 'pages/notice/index?id=1',
    data: JSON.stringify(data),
  })
  return async () => {
    const common: Record<string, string> = {
      app_id: app.appId,
      method: METHOD,
      format: 'JSON',
      charset: 'utf-8',
      sign_type: 'RSA2',
      version: '1.0',
      timestamp: shanghaiDateTime(Date.now()),
    }
    const all: Record<string, string> = { ...common, biz_content: content }
    const text = Object.keys(all)
      .sort()
      .map((name) => `${name}=${all[name]}`)
      .join('&')
    const signature = sign('RSA-SHA256', Buffer.from(text), key).toString('base64')
    const answer = await pool.request({
      method: 'POST',
      path: `${pathname}?${new URLSearchParams({ ...common, sign: signature }).toString()}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
      body: new URLSearchParams({ biz_content: content }).toString(),
    })
    const said = await answer.body.text()
    const [, response = '', signed = ''] = ANSWER.exec(said) ?? []
    if (!verify('RSA-SHA256', Buffer.from(response), theirs, Buffer.from(signed, 'base64')))
      throw new Error(`unsigned: ${said}`)
    if (!response.includes('"code":"10000"')) throw new Error(said)
  }
}

function templateId(template: string | { readonly id: string } | undefined): string {
  if (template === undefined) throw new Error('the demo has a template for emergencies')
  return typeof template === 'string' ? template : template.id
}

import type { RestRow } from './entities'

export const CHANNEL_WORDS: Readonly<Record<string, string>> = {
  'wechat-mini': '小程序订阅消息',
  'wechat-oa': '公众号模板消息',
  'wechat-cs': '公众号客服消息',
  'alipay-mini': '支付宝小程序消息',
  sms: '短信',
  email: '邮件',
  inbox: '站内消息',
}

/** Why a channel or a template rests, as staff read it. */
export function restWords(rest: Pick<RestRow, 'reason'>): string {
  const reason = rest.reason ?? ''
  if (reason.startsWith('unreachable')) return '平台没有回应，稍后自动再试'
  if (reason.includes('AMOUNT_NOT_ENOUGH')) return '短信账户余额不足，请充值'
  if (reason.startsWith('unfit'))
    return `内容和模板对不上（${reason.split(':').slice(1).join(':')}），请检查模板`
  return `平台不再接收（${reason}），稍后自动再试`
}

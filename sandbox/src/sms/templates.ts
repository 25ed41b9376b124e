import type { SandboxConfig } from '../kernel/config'

/** A text template that the provider has approved; `${name}` stands for a variable. */
export interface SmsTemplate {
  code: string
  params: string[]
  text: string
}

function template(code: string, text: string): SmsTemplate {
  const params = [...text.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1] ?? '')
  return { code, params: [...new Set(params)], text }
}

/** The approved templates that are the same everywhere. */
const COMMON: SmsTemplate[] = [
  template('SMS_VERIFY', '【一户】您的验证码是${code}，10分钟内有效。请勿告诉他人。'),
  template(
    'SMS_BIND',
    '【一户】有人正在绑定户号${account}，验证码${code}，10分钟内有效。不是您本人操作请忽略。',
  ),
  template('SMS_PAID', '【一户】您已为户号${account}缴费${amount}元，可在“缴费记录”查看收据。'),
  template('SMS_REFUND', '【一户】${amount}元已原路退回，户号${account}，请留意到账。'),
]

/** Codes have stricter limits than notices. */
export const CODE_TEMPLATES = new Set(['SMS_VERIFY', 'SMS_BIND'])

/**
 * The approved templates of the account of a portal. An address stands in them as fixed text and only its last part is a
 * variable, because providers approve neither a variable for a whole address nor one longer than 35 characters.
 */
export function templatesFor({
  portalOrigin,
  sms,
}: Pick<SandboxConfig, 'portalOrigin' | 'sms'>): SmsTemplate[] {
  const signed = `【${sms.signName ?? '一户'}】`
  return [
    ...COMMON,
    template(
      'SMS_FOLLOW',
      `【一户】您的诉求\${number}已登记，点 ${portalOrigin}/r/\${token} 看进度、催办或评价，链接请勿转给他人。`,
    ),
    ...(sms.templates ?? []).map(({ code, text }) => template(code, `${signed}${text}`)),
  ]
}

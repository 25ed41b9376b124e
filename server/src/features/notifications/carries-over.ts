import type { Config } from '../../platforms/whole-config'
import { platformTemplate, templateNamed } from './templates'

const WALLETS = new Set(['wechat-mini', 'wechat-oa', 'alipay-mini'])

/**
 * What carries this message at this company where the chat does not: a template of a wallet, a text message, or only our
 * own inbox. By the configuration; whether it reaches one resident is known when it is sent.
 */
export function carriesOver(
  config: Config,
  template: string,
  companyId: string,
): 'template' | 'sms' | 'inbox' {
  const ways = templateNamed(template).channels.filter(
    (channel) => platformTemplate(config, channel, template, companyId) !== null,
  )
  if (ways.some(({ name }) => WALLETS.has(name))) return 'template'
  return ways.some(({ name }) => name === 'sms') ? 'sms' : 'inbox'
}

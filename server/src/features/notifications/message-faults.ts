import type { Config } from '../../platforms/whole-config'
import { readTemplateFiles } from './template-files'
import type { ChannelName, Template } from './template-shape'

type Given = string | { readonly fields?: Readonly<Record<string, string>> | undefined } | undefined

/**
 * Everything that is wrong with the message templates, in their files and in what the configuration says about them;
 * asked before the portal starts.
 */
export function messageFaults(config: Pick<Config, 'companies' | 'messages' | 'platforms'>): string[] {
  const { templates, faults } = readTemplateFiles()
  const { wechat, alipay } = config.platforms
  const lists: [string, ChannelName, Readonly<Record<string, Given>>][] = [
    ['platforms.wechat.subscribeTemplates', 'wechat-mini', wechat.subscribeTemplates],
    ['platforms.wechat.oaTemplates', 'wechat-oa', wechat.oaTemplates],
    ['platforms.alipay.messageTemplates', 'alipay-mini', alipay.messageTemplates],
    ['messages.sms.templates', 'sms', config.messages.sms.templates],
  ]
  for (const company of config.companies)
    for (const name of ['wechat-mini', 'wechat-oa', 'alipay-mini', 'sms'] as const)
      lists.push([
        `companies.${company.id}.messageTemplates.${name}`,
        name,
        company.messageTemplates[name] ?? {},
      ])
  return [...faults, ...lists.flatMap(([path, channel, list]) => listFaults(templates, path, channel, list))]
}

function listFaults(
  templates: ReadonlyMap<string, Template>,
  path: string,
  channel: ChannelName,
  list: Readonly<Record<string, Given>>,
): string[] {
  return Object.entries(list).flatMap(([name, given]) => {
    const template = templates.get(name)
    if (!template) return [`${path}.${name}: templates/ has no ${name}.yaml`]
    if (!template.channels.some((one) => one.name === channel))
      return [`${path}.${name}: templates/${name}.yaml does not send over ${channel}`]
    const fields = typeof given === 'object' ? (given.fields ?? {}) : {}
    return Object.entries(fields)
      .filter(([, from]) => !from.startsWith('=') && !template.says.some((said) => said.from === from))
      .map(([key, from]) => `${path}.${name}.fields.${key}: the message does not say ${from}`)
  })
}

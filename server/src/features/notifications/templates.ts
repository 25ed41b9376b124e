import type { Config } from '../../platforms/whole-config'
import { readTemplateFiles } from './template-files'
import { type ChannelName, channelName, type Template, type TemplateChannel } from './template-shape'

let loaded: ReadonlyMap<string, Template> | null = null

/** All messages by name; a file that breaks a rule is named with its line and stops the start. */
export function allTemplates(): ReadonlyMap<string, Template> {
  if (loaded) return loaded
  const { templates, faults } = readTemplateFiles()
  if (faults.length > 0) throw new Error(faults.join('\n'))
  loaded = templates
  return loaded
}

/** One template by name; null for one that an older version had and rows still name. */
export function knownTemplate(name: string): Template | null {
  return allTemplates().get(name) ?? null
}

/** One template by name; asking for one that does not exist is our own mistake. */
export function templateNamed(name: string): Template {
  const found = allTemplates().get(name)
  if (!found) throw new Error(`There is no message template named ${name}.`)
  return found
}

/** What the platform calls a template, and the fields it has there. */
export interface PlatformTemplate {
  /** Empty for channels whose words need nobody's approval. */
  readonly id: string
  /** Every permission is good for one message. */
  readonly once: boolean
  readonly fields: Readonly<Record<string, string>>
}

/** The platform's template for one message over one channel, the company's own first; null where there is none. */
export function platformTemplate(
  config: Config,
  channel: TemplateChannel,
  template: string,
  companyId: string | null,
): PlatformTemplate | null {
  const name = channel.name
  if (name === 'email' || name === 'wechat-cs') return { id: '', once: channel.once, fields: {} }
  const own = config.companies.find(({ id }) => id === companyId)?.messageTemplates[name]?.[template]
  const found = own ?? sharedTemplates(config, name)[template]
  if (found === undefined) return null
  if (typeof found === 'string') return { id: found, once: channel.once, fields: channel.fields ?? {} }
  const once = channel.once && found.longTerm !== true
  return { id: found.id, once, fields: found.fields ?? channel.fields ?? {} }
}

type Given =
  | string
  | {
      readonly id: string
      readonly fields?: Readonly<Record<string, string>> | undefined
      readonly longTerm?: boolean | undefined
    }
  | undefined

function sharedTemplates(
  { platforms, messages }: Config,
  name: Exclude<ChannelName, 'email' | 'wechat-cs'>,
): Readonly<Record<string, Given>> {
  switch (name) {
    case 'wechat-mini':
      return platforms.wechat.subscribeTemplates
    case 'wechat-oa':
      return platforms.wechat.oaTemplates
    case 'alipay-mini':
      return platforms.alipay.messageTemplates
    case 'sms':
      return messages.sms.templates
  }
}

/** Every id under which a wallet knows one of our templates, of whichever company. */
export function templateIdsOf(config: Config, name: 'wechat-mini' | 'alipay-mini'): Set<string> {
  const companies = config.companies.flatMap((company) => Object.values(company.messageTemplates[name] ?? {}))
  const shared = Object.values(sharedTemplates(config, name))
  return new Set(
    [...companies, ...shared].flatMap((one) =>
      one === undefined ? [] : typeof one === 'string' ? one : one.id,
    ),
  )
}

/** Our message behind a platform's template id; null for one that is not ours any more. */
export function templateOfId(config: Config, channel: string, templateId: string): Template | null {
  const name = channelName.safeParse(channel).data
  if (name === undefined || name === 'email' || name === 'wechat-cs') return null
  const lists = [
    sharedTemplates(config, name),
    ...config.companies.map((one) => one.messageTemplates[name] ?? {}),
  ]
  for (const list of lists)
    for (const [template, given] of Object.entries(list))
      if ((typeof given === 'string' ? given : given?.id) === templateId)
        return allTemplates().get(template) ?? null
  return null
}

import type { Ctx } from '../../platforms/context'
import type { PersonToReach } from '../identity'
import type { MessageRow } from './entities'
import { creditKey, isResting, type Outlook, restKey } from './outlook'
import { KEPT_FOR_TALK } from './open-chat-window'
import { budgetOf } from './sms-budget'
import type { ChannelName, Template, TemplateChannel } from './template-shape'
import { type PlatformTemplate, platformTemplate } from './templates'

/** Where somebody is on a channel; sealed until it is used. */
export interface Target {
  readonly sealed: string
  readonly idType: 'openid' | 'open_id' | 'user_id' | 'phone'
}

export interface Choice {
  readonly channel: TemplateChannel
  readonly platform: PlatformTemplate
  readonly target: Target
}

export type Choosing =
  | { readonly kind: 'send'; readonly choice: Choice }
  /** The channel that would carry it rests. */
  | { readonly kind: 'wait'; readonly choice: Choice }
  | { readonly kind: 'none' }

type Asked = Pick<MessageRow, 'id' | 'residentId' | 'template' | 'companyId' | 'wallet' | 'urgency'>

/**
 * The first channel of the template's order, the wallet just used before the others, that can carry this now: there is
 * an identity, a template of the platform, permission, money. A channel that rests is waited for, unless the message is
 * urgent and another one works.
 */
export function chooseChannel(
  ctx: Ctx,
  outlook: Outlook,
  message: Asked,
  template: Template,
  budgetLeft: (companyId: string) => number,
): Choosing {
  const person = outlook.people.get(message.residentId)
  if (!person || (template.maySwitchOff && outlook.off.has(`${person.id}|${message.template}`)))
    return { kind: 'none' }
  const tried = new Set((outlook.deliveries.get(message.id) ?? []).map(({ channel }) => channel))
  let resting: Choice | null = null
  for (const channel of walletFirst(template.channels, message.wallet)) {
    if (tried.has(channel.name)) continue
    const choice = choiceOf(ctx, outlook, { message, person, channel })
    if (!choice) continue
    if (channel.name === 'sms' && message.urgency > 0 && budgetLeft(message.companyId ?? '') <= 0) continue
    if (!isResting(outlook.rests.get(restKey(channel.name)))) return { kind: 'send', choice }
    if (message.urgency > 0) return { kind: 'wait', choice }
    resting ??= choice
  }
  return resting ? { kind: 'wait', choice: resting } : { kind: 'none' }
}

function choiceOf(
  ctx: Ctx,
  outlook: Outlook,
  of: { message: Asked; person: PersonToReach; channel: TemplateChannel },
): Choice | null {
  const { message, person, channel } = of
  const platform = platformTemplate(ctx.config, channel, message.template, message.companyId)
  if (!platform) return null
  const target = targetOf(ctx, outlook, person, channel.name)
  if (!target) return null
  // Nobody knows what a resident allowed whom we never asked, so that one message is tried and answers it. Who has not
  // written to the account lately cannot be written to, which is no question, and an answer to them comes first.
  const left = outlook.credits.get(creditKey(person.id, channel.name, platform.id))
  if (channel.name === 'wechat-cs' && (left ?? 0) <= KEPT_FOR_TALK) return null
  if (platform.once && left === 0) return null
  if (isResting(outlook.rests.get(restKey(channel.name, platform.id)))) return null
  return { channel, platform, target }
}

/** The template's order, with the wallet that the resident just used moved to the front. */
function walletFirst(channels: readonly TemplateChannel[], wallet: string | null): TemplateChannel[] {
  const near = channels.filter(({ name }) => wallet !== null && name.startsWith(wallet))
  return [...near, ...channels.filter((channel) => !near.includes(channel))]
}

function targetOf(ctx: Ctx, outlook: Outlook, person: PersonToReach, name: ChannelName): Target | null {
  const { wechat, alipay } = ctx.config.platforms
  const account = (provider: string, appId: string | undefined): Target | null => {
    const found = person.accounts.find((one) => one.provider === provider && one.appId === appId)
    return found ? { sealed: found.subjectSealed, idType: found.idType } : null
  }
  switch (name) {
    case 'wechat-mini':
      return account('wechat-mini', wechat.mini.appId)
    case 'wechat-oa':
    case 'wechat-cs':
      return account('wechat-oa', wechat.oa.appId)
    case 'alipay-mini':
      return account('alipay', alipay.apps['mini']?.appId)
    case 'sms':
      return person.phoneSealed === null ? null : { sealed: person.phoneSealed, idType: 'phone' }
    case 'email': {
      const sealed = outlook.emails.get(person.id)
      return sealed === undefined ? null : { sealed, idType: 'openid' }
    }
  }
}

/** What a company may still spend this month, as the outlook knows it; the caller takes off what it plans. */
export function budgetsLeft(ctx: Ctx, outlook: Outlook): Map<string, number> {
  const companies = [...ctx.config.companies.map(({ id }) => id), '']
  return new Map(companies.map((id) => [id, budgetOf(ctx.config, id) - (outlook.smsSpentFen.get(id) ?? 0)]))
}

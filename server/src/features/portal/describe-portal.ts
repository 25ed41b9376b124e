import type { z } from 'zod'
import type { CompanyConfig } from '../../core/config/companies'
import { sha256 } from '../../core/ids'
import { brandOf, logoUrl } from './brand'
import type { Ctx } from '../../platforms/context'
import type { portalOperations } from './schema'

/** The hash of the privacy text as it is shown, kept with every consent so that it can be told what was agreed to. */
function privacyTextSha256(ctx: Ctx): string {
  const { title, paragraphs } = ctx.config.portal.privacy
  return sha256([title, ...paragraphs].join('\n'))
}

/** Templates by the tap at which the resident is asked; a wallet takes three at most. */
const ASKED_WHEN_PAYING = ['payment-success']
const ASKED_WHEN_SUBMITTING = ['request-progress', 'visit-tomorrow', 'request-charge']
/** What comes out of the blue, and its end. */
const ASKED_FOR_OUTAGES = ['outage-planned', 'outage-emergency', 'outage-restored']
/** Who reads of an outage knows of it already: how it goes on. */
const ASKED_AT_AN_OUTAGE = ['outage-restored', 'outage-extended', 'outage-cancelled']

interface Ids {
  readonly wechat: string[]
  readonly alipay: string[]
}

/** The platforms' ids of our templates; what a company has of its own wins. A message that has none is not asked for. */
function idsOf(ctx: Ctx, wanted: readonly string[], company?: CompanyConfig): Ids {
  const { wechat, alipay } = ctx.config.platforms
  const own = (channel: 'wechat-mini' | 'alipay-mini', name: string): string | undefined => {
    const template = company?.messageTemplates[channel]?.[name]
    return typeof template === 'string' ? template : template?.id
  }
  return {
    wechat: wanted.flatMap((name) => own('wechat-mini', name) ?? wechat.subscribeTemplates[name]?.id ?? []),
    alipay: wanted.flatMap((name) => own('alipay-mini', name) ?? alipay.messageTemplates[name]?.id ?? []),
  }
}

/** Ids that need one permission for ever; a wallet does not ask for them together with others. */
function longTermIds(ctx: Ctx): string[] {
  const { companies, platforms } = ctx.config
  const everywhere = [
    platforms.wechat.subscribeTemplates,
    platforms.alipay.messageTemplates,
    ...companies.flatMap(({ messageTemplates }) => [
      messageTemplates['wechat-mini'] ?? {},
      messageTemplates['alipay-mini'] ?? {},
    ]),
  ]
  const ids = everywhere
    .flatMap((templates) => Object.values(templates))
    .flatMap((template) => (typeof template !== 'string' && template.longTerm === true ? template.id : []))
  return [...new Set(ids)]
}

/** What this portal is, for a stranger: companies, hotline, the privacy text, and where to sign in. */
export function describePortal(ctx: Ctx): z.input<(typeof portalOperations)['portal.describe']['output']> {
  const { portal, companies, environment, privacy } = ctx.config
  return {
    name: portal.name,
    operator: portal.operator,
    hotline: portal.hotline,
    ...brandOf(ctx.config),
    demo: environment !== 'production',
    companies: companies.map((company) => ({
      id: company.id,
      name: company.name,
      kind: company.kind,
      brandColour: company.brandColour,
      logo: logoUrl(company.logo),
      hotline: company.hotline,
      accountNoLength: company.accountNo.length,
      accountNoHint: company.accountNo.hint,
      subscribeNotices: idsOf(ctx, ASKED_AT_AN_OUTAGE, company),
    })),
    privacy: {
      ...portal.privacy,
      textSha256: privacyTextSha256(ctx),
      recipients: privacy.recipients
        .filter(({ until }) => until === null)
        .map(({ name, gets, why }) => ({ name, gets, why })),
    },
    subscribe: idsOf(ctx, ASKED_WHEN_PAYING),
    subscribeRequests: idsOf(ctx, ASKED_WHEN_SUBMITTING),
    subscribeNotices: idsOf(ctx, ASKED_FOR_OUTAGES),
    longTermTemplates: longTermIds(ctx),
    signIn: { wechat: '/auth/wechat/start', alipay: '/auth/alipay/start' },
  }
}

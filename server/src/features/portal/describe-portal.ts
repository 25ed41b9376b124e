import type { z } from 'zod'
import { sha256 } from '../../core/ids'
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

/** What this portal is, for a stranger: companies, hotline, the privacy text, and where to sign in. */
export function describePortal(ctx: Ctx): z.input<(typeof portalOperations)['portal.describe']['output']> {
  const { portal, companies, environment, platforms } = ctx.config
  const ids = (wanted: readonly string[]) => ({
    wechat: wanted.flatMap((name) => platforms.wechat.subscribeTemplates[name]?.id ?? []),
    alipay: wanted.flatMap((name) => platforms.alipay.messageTemplates[name]?.id ?? []),
  })
  return {
    name: portal.name,
    operator: portal.operator,
    hotline: portal.hotline,
    demo: environment !== 'production',
    companies: companies.map((company) => ({
      id: company.id,
      name: company.name,
      kind: company.kind,
      brandColour: company.brandColour,
      hotline: company.hotline,
      accountNoLength: company.accountNo.length,
      accountNoHint: company.accountNo.hint,
    })),
    privacy: { ...portal.privacy, textSha256: privacyTextSha256(ctx) },
    subscribe: ids(ASKED_WHEN_PAYING),
    subscribeRequests: ids(ASKED_WHEN_SUBMITTING),
    signIn: { wechat: '/auth/wechat/start', alipay: '/auth/alipay/start' },
  }
}

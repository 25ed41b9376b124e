import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

/** Template ids by wallet, to ask permission for in one tap; a wallet takes three at most. */
const templateIds = z.object({ wechat: z.array(z.string()), alipay: z.array(z.string()) })

const company = z.object({
  id: shape.companyId,
  name: z.string(),
  kind: z.enum(['heating', 'gas', 'power', 'water']),
  brandColour: z.string(),
  /** A path of a square PNG on this portal; null where the company has none. */
  logo: z.string().nullable(),
  hotline: z.string(),
  accountNoLength: z.int(),
  /** Where a resident finds the account number, in words. */
  accountNoHint: z.string(),
  /** For the tap at an outage of this company, which may have templates of its own. */
  subscribeNotices: templateIds,
})

export const portalOperations = {
  'portal.describe': {
    method: 'GET',
    auth: 'public',
    summary: 'What this portal is: companies, hotline, privacy text, message templates, ways to sign in.',
    input: shape.nothing,
    output: z.object({
      name: z.string(),
      operator: z.string(),
      hotline: z.string(),
      demo: z.boolean(),
      /** What the portal itself wears; null: its own plain look. Of one company alone: the company's. */
      brandColour: z.string().nullable(),
      logo: z.string().nullable(),
      companies: z.array(company),
      privacy: z.object({
        version: z.string(),
        textSha256: z.string(),
        title: z.string(),
        paragraphs: z.array(z.string()),
        /** Who else gets something of residents now. */
        recipients: z.array(z.object({ name: z.string(), gets: z.string(), why: z.string() })),
      }),
      /** For the pay tap. */
      subscribe: templateIds,
      /** For the tap that submits a request. */
      subscribeRequests: templateIds,
      /** For a tap that asks to hear of outages, of whichever company. */
      subscribeNotices: templateIds,
      /** Those of all the above that need one permission for ever; a wallet refuses to ask for them with others. */
      longTermTemplates: z.array(z.string()),
      /** Where a browser goes to sign in, by wallet. */
      signIn: z.object({ wechat: z.string(), alipay: z.string() }),
    }),
  },
} as const satisfies Operations

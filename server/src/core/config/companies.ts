import { z } from 'zod'
import { AppError } from '../errors'
import { brandColour, logoPath } from './brand'

const companyId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)

/** Message → the platform's template: its id, or the id with other field names than templates/ has. */
const messageTemplates = z.record(
  z.string(),
  z.union([
    z.string().min(1),
    z.strictObject({
      id: z.string().min(1),
      fields: z.record(z.string(), z.string()).optional(),
      /** One permission is good for ever. */
      longTerm: z.boolean().optional(),
    }),
  ]),
)

/** Where a company's prices stand: `config/rules` has the lists of its city by kind and validity. */
const tariff = z.strictObject({ city: z.string().min(2).max(20) })

/** One utility company. Every difference between companies is here, never in code. */
const company = z.strictObject({
  id: companyId,
  name: z.string().min(2).max(40),
  kind: z.enum(['heating', 'gas', 'power', 'water']),
  /** Pages, papers and prints of this company wear it. */
  brandColour,
  logo: logoPath.nullable().default(null),
  hotline: z.string().regex(/^[\d-]{5,16}$/),
  accountNo: z.strictObject({ length: z.int().min(4).max(20), hint: z.string() }),
  import: z.strictObject({
    layout: z.enum(['heating-season-csv', 'gas-month-csv', 'power-month-xlsx', 'water-month-csv']),
    sourceName: z.string(),
  }),
  tariff,
  /** Which merchant account takes this company's money, by wallet; null where it takes none. */
  merchants: z.strictObject({ wechat: z.string().nullable(), alipay: z.string().nullable() }),
  payeeName: z.string(),
  /** Figures older than this are shown as not available rather than as the truth. */
  staleAfterHours: z.int().positive(),
  /** Set while the billing system is known to be away, so that residents read why. */
  unavailable: z.strictObject({ until: z.string(), reason: z.string() }).nullable().default(null),
  /** What happens with money that came for a bill that needs it no more. */
  surplus: z.enum(['refund', 'credit']),
  /** Where this company has templates of its own; they win over those under platforms and messages. */
  messageTemplates: z
    .partialRecord(z.enum(['wechat-mini', 'wechat-oa', 'alipay-mini', 'sms']), messageTemplates)
    .default({}),
})
export type CompanyConfig = z.infer<typeof company>

export const companies = z
  .array(company)
  .min(1)
  .superRefine((list, ctx) => {
    const seen = new Set<string>()
    list.forEach((entry, index) => {
      if (seen.has(entry.id))
        ctx.addIssue({ code: 'custom', path: [index, 'id'], message: 'this id is used twice' })
      seen.add(entry.id)
    })
  })

/** The configuration of one company. Errors: not_found when the configuration has no such company. */
export function companyOf(
  { config }: { readonly config: { readonly companies: readonly CompanyConfig[] } },
  id: string,
): CompanyConfig {
  const found = config.companies.find((entry) => entry.id === id)
  if (!found) throw new AppError('not_found', { detail: `company ${id} is not configured` })
  return found
}

import { z } from 'zod'

const companyId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)

/** How a kind of fee is taxed and called on an invoice; data of the tax law, with where it stands and when that was read. */
const rate = z.strictObject({
  /** Per cent that is inside the price; null: the sale is exempt (免税). */
  ratePercent: z.union([z.literal([1, 3, 5, 6, 9, 13]), z.null()]),
  /** 税收分类编码. */
  goodsCode: z.string().regex(/^\d{19}$/),
  goodsName: z.string().regex(/^\*[^*\r\n]{1,20}\*[^*\r\n]{1,60}$/, 'must be *category*name'),
  source: z.string().min(4).max(120),
  checkedOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
})
export type TaxRate = z.infer<typeof rate>

/** `service` is a charge for work at a home; the others are the kinds of companies. */
const rates = z.strictObject({ heating: rate, gas: rate, power: rate, water: rate, service: rate })
export type TaxedKind = keyof z.infer<typeof rates>

/** Electronic invoices (电子发票). Units stand at the end of each name. */
export const invoices = z.strictObject({
  rates,
  /** Who issues: the name and number under which the company is registered. A company that is not here issues none. */
  companies: z.record(
    companyId,
    z.strictObject({
      name: z.string().min(2).max(100),
      taxNo: z.string().regex(/^[0-9A-Z]{15,20}$/),
      /** 开票人. */
      drawer: z.string().min(1).max(20),
      /** Where this company is taxed otherwise, such as a heating company that is exempt for homes. */
      rates: rates.partial().default({}),
    }),
  ),
  /** So long after it was paid money can still be invoiced by oneself. */
  requestDays: z.int().min(1).max(1095),
  titlesPerResident: z.int().min(1).max(100),
  /** Requests and mails of one resident per day in Shanghai. */
  requestsPerDay: z.int().positive(),
  mailsPerDay: z.int().positive(),
  /** Addresses of mails are forgotten after so long; the mail itself is gone by then. */
  keepAddressDays: z.int().min(7).max(1095),
})

/** How this kind is taxed at this company: its own word, else everybody's. */
export function taxRateOf(
  config: { readonly invoices: z.infer<typeof invoices> },
  companyId: string,
  kind: TaxedKind,
): TaxRate {
  return config.invoices.companies[companyId]?.rates[kind] ?? config.invoices.rates[kind]
}

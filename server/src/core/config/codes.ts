import { z } from 'zod'

const limit = z.strictObject({ limit: z.int().positive(), windowMs: z.int().positive() })

/** A file that a platform's console hands out and looks for, to see that the domain is ours. */
const checkFile = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9_-]{1,64}\.txt$/),
  text: z.string().min(1).max(200),
})

/** One household, one code: how long a scan opens a household's page, and how often anybody may try. */
export const codes = z.strictObject({
  /** For so long whoever scanned may pay, read the meter and report a fault there. */
  visitMinutes: z.int().min(10).max(1440),
  /** So many faults a day are taken at one household from whoever came by its code, however many they are. */
  reportsPerDay: z.int().positive(),
  /** Opening and visiting by right codes; carriers put many homes behind one address. */
  perIp: limit,
  perDevice: limit,
  /** Sessions for browsers without a wallet, and tries with what is no code of ours: much fewer. */
  entersPerIp: limit,
  wrongPerIp: limit,
  /** WeChat's lies beside the codes (/q/), Alipay's at the root of the domain; null until the console gives one. */
  wechatCheckFile: checkFile.nullable(),
  alipayCheckFile: checkFile.nullable(),
})

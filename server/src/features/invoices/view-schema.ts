import { z } from 'zod'
import * as shape from '../../core/http/shapes'

/** What residents and staff see alike. */

/** `issuing`: under way; `failed`: refused, nothing was issued; `cancelled`: taken back by a red letter (冲红). */
export const invoiceState = z.enum(['issuing', 'issued', 'failed', 'cancelling', 'cancelled'])
export const buyerKind = z.enum(['person', 'company'])

export const item = z.object({
  paymentId: shape.id,
  billId: shape.id,
  title: z.string(),
  period: z.string(),
  amountFen: shape.fen,
})

/** An address of the PDF that is good once. */
export const link = z.object({ url: z.string(), fileName: z.string(), expiresAt: shape.instant })

export const line = z.object({
  name: z.string(),
  rateWords: z.string(),
  netFen: shape.fen,
  taxFen: shape.fen,
})

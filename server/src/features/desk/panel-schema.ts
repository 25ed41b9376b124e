import { z } from 'zod'
import * as shape from '../../core/http/shapes'
import { requestState } from '../requests/schema'

/** Another request, as it is named beside one. */
export const other = z.object({ id: shape.id, number: z.string() })

/** Bills, arrears, history and open outages of the household, beside the request. Names and numbers are masked. */
export const householdPanel = z.object({
  id: shape.id,
  companyId: shape.companyId,
  accountNoMasked: z.string(),
  ownerNameMasked: z.string(),
  addressMasked: z.string(),
  areaNames: z.array(z.string()),
  /** Why they are called when supply goes: marked by hand, or after a complaint. */
  marks: z.array(z.enum(['important', 'sensitive', 'complained'])),
  /** Owed in all, with the day it was known; null where we do not know. */
  owedFen: shape.fen.nullable(),
  owedAsOf: shape.instant.nullable(),
  bills: z.array(
    z.object({
      billId: shape.id,
      title: z.string(),
      leftFen: shape.fen,
      dueOn: z.string().nullable(),
      state: z.string(),
    }),
  ),
  lastPaid: z.object({ amountFen: shape.fen, at: shape.instant }).nullable(),
  history: z.array(
    other.extend({
      typeName: z.string(),
      state: requestState,
      createdAt: shape.instant,
      stars: z.int().nullable(),
    }),
  ),
  /** How many requests of the same type in the last thirty days, this one included. */
  sameIn30Days: z.int(),
  outages: z.array(z.object({ noticeId: shape.id, title: z.string(), until: shape.instant.nullable() })),
})

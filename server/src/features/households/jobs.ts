import { z } from 'zod'
import { isAppError } from '../../core/errors'
import { defineJob } from '../../platforms/feature'
import { issueSmsCode } from '../identity'
import { bindPurpose } from './check-proof'
import { openOwner } from './owner'
import { findHouseholds } from './store'

/**
 * Sends a binding code, or does nothing where there is nobody to send it to. A number that got another code less
 * than a minute ago waits for its turn; one that used up its day is left alone.
 */
export const deliverBindCode = defineJob({
  name: 'households.deliver-bind-code',
  payload: z.strictObject({ householdId: z.string().nullable(), residentId: z.string() }),
  maxAttempts: 3,
  timeoutMs: 15_000,
  backoffMs: () => 61_000,
  run: async (ctx, { householdId, residentId }) => {
    if (householdId === null) return
    const household = (await findHouseholds(ctx.db.reader, [householdId])).get(householdId)
    if (household === undefined) return
    const { phone } = openOwner(ctx.vault, household)
    if (phone === null) return
    try {
      await issueSmsCode(ctx, { phone, purpose: bindPurpose(ctx, householdId, residentId) })
    } catch (error) {
      if (!isAppError(error, 'sms_limited') || error.detail === 'sms-gap') throw error
      ctx.log.info({ householdId }, 'households.bind-code-limited')
    }
  },
})

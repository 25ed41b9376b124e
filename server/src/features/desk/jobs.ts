import { z } from 'zod'
import { DAY_MS } from '../../core/clock'
import { isAppError } from '../../core/errors'
import { id } from '../../core/http/shapes'
import { backoff } from '../../core/jobs/define'
import { defineJob } from '../../platforms/feature'
import { contactOf, findRequest, phoneIndexOf } from '../requests'

/** More calls than this on one day are not made by somebody who waits for a link. */
const LINKS_PER_PHONE = 10

/**
 * Sends a caller the link to their request. The token is sealed in the job, because the database keeps only its hash.
 * A process that dies between sending and writing it down sends it twice, which costs a text message and tells nobody
 * anything new.
 */
export const sendFollowLink = defineJob({
  name: 'desk.send-follow-link',
  payload: z.strictObject({ requestId: id, tokenSealed: z.string() }),
  maxAttempts: 5,
  timeoutMs: 15_000,
  backoffMs: backoff(10_000, 600_000),
  run: async (ctx, { requestId, tokenSealed }) => {
    const { sms } = ctx.config.platforms
    const request = await findRequest(ctx.db.reader, requestId)
    const phone = request ? contactOf(ctx, request).phone : null
    if (!request || phone === null || sms.kind === 'none') return
    const limit = { limit: LINKS_PER_PHONE, windowMs: DAY_MS }
    try {
      await ctx.limiter.take(`follow-link:${phoneIndexOf(ctx, phone)}`, limit)
    } catch (error) {
      if (!isAppError(error, 'rate_limited')) throw error
      ctx.log.warn({ requestId }, 'desk.follow-link-limited')
      return
    }
    const outcome = await ctx.platforms.sms.send({
      to: phone,
      idType: 'phone',
      templateId: sms.followTemplateId,
      // The address is fixed text of the template: providers approve no variable that takes a whole address.
      fields: { number: request.number, token: ctx.vault.open(tokenSealed) },
      page: null,
    })
    ctx.log.info(
      { requestId, state: outcome.state, platformCode: outcome.platformCode },
      'desk.follow-link-sent',
    )
    if (outcome.state === 'later')
      throw new Error(`The text message must wait (${outcome.platformCode ?? 'no code'}).`)
  },
})

import { z } from 'zod'
import { backoff } from '../../core/jobs/define'
import { defineJob } from '../../platforms/feature'
import { askCheck } from './ask-check'

/** WeChat knows a person for two hours after they opened the mini-program, so it is asked often and not for long. */
const ASK_ATTEMPTS = 5

export const askCheckJob = defineJob({
  name: 'files.ask-check',
  payload: z.strictObject({ fileId: z.string() }),
  maxAttempts: ASK_ATTEMPTS,
  timeoutMs: 15_000,
  backoffMs: backoff(10_000, 10 * 60_000),
  run: (ctx, { fileId }, job) => askCheck(ctx, { fileId, isLastTry: job.attempt >= ASK_ATTEMPTS }),
})

import { z } from 'zod'
import { backoff } from '../../core/jobs/define'
import { defineJob } from '../../platforms/feature'
import { spreadToOthers } from './spread-to-others'

/** Tells a step to everybody who follows a request, and lets those that were merged into it go along. */
export const spreadStep = defineJob({
  name: 'requests.spread-step',
  payload: z.strictObject({ requestId: z.string(), stepId: z.string() }),
  maxAttempts: 8,
  timeoutMs: 120_000,
  backoffMs: backoff(2_000, 600_000),
  run: (ctx, payload) => spreadToOthers(ctx, payload),
})

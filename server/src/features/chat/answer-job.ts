import { z } from 'zod'
import { backoff } from '../../core/jobs/define'
import { defineJob } from '../../platforms/feature'
import { answerQuestion } from './answer-question'

/** A question that the knowledge base is asked: promised with the question, so that no restart leaves it unanswered. */
export const answerJob = defineJob({
  name: 'chat.answer',
  payload: z.strictObject({ conversationId: z.string(), seq: z.int() }),
  maxAttempts: 5,
  timeoutMs: 20_000,
  backoffMs: backoff(1000, 30_000),
  run: async (ctx, { conversationId, seq }) => {
    await answerQuestion(ctx, conversationId, seq)
  },
})

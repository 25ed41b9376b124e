import { z } from 'zod'
import { inTransaction } from '../../core/db/database'
import { backoff } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import { defineJob } from '../../platforms/feature'
import { claimFiles } from '../files'
import { appendMessage } from './append-message'
import { fetchMedia, NOT_HAD, senderOf } from './outside-words'
import { chatClaim } from './present-message'
import { lockConversation } from './store'

const payload = z.strictObject({
  conversationId: z.string(),
  /** Of what they wrote, as the official feature knows it. */
  id: z.string(),
  channel: z.enum(['wechat-oa', 'wechat-mini']),
  personIndex: z.string(),
  mediaId: z.string(),
  kind: z.enum(['image', 'voice']).default('image'),
})

/** A picture or voice that WeChat did not give at once; it keeps it for three days, and so long it is asked for. */
export const mediaJob = defineJob({
  name: 'chat.outside-picture',
  payload,
  maxAttempts: 45,
  timeoutMs: 60_000,
  backoffMs: backoff(5000, 7_200_000),
  run: addMedia,
})

async function addMedia(ctx: Ctx, of: z.infer<typeof payload>): Promise<void> {
  const fetched = await fetchMedia(ctx, of)
  if (fetched === 'later') throw new Error('WeChat does not give it yet.')
  const fileId = typeof fetched === 'string' ? null : fetched.fileId
  const { channel, personIndex } = of
  await inTransaction(ctx, async (tx) => {
    const conversation = await lockConversation(tx, of.conversationId)
    const claim = chatClaim(conversation.id)
    if (fileId !== null) await claimFiles(tx, ctx, { fileIds: [fileId], owner: senderOf(of), claim })
    await appendMessage(tx, ctx, conversation, {
      senderKind: 'resident',
      senderId: conversation.residentId ?? '',
      senderName: conversation.residentName,
      clientId: `picture-${of.id}`,
      body: fileId === null ? { kind: 'text', text: NOT_HAD[of.kind][refusal(fetched)] } : { kind: of.kind },
      fileId,
      through: { channel, personIndex },
    })
  })
}

const refusal = (fetched: unknown): 'gone' | 'refused' => (fetched === 'refused' ? 'refused' : 'gone')

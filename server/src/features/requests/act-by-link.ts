import { recordAudit } from '../../core/audit'
import { inTransaction, type Tx } from '../../core/db/database'
import { actOnce } from '../../core/http/acts'
import type { Ctx } from '../../platforms/context'
import { residentActor } from './actor'
import { addWords } from './add-to-request'
import { takeBack } from './cancel-request'
import type { RequestRow } from './entities'
import { rate, type Rating } from './rate-request'
import { readByLink } from './read-by-link'
import { lockRequest } from './store'
import { urge } from './urge-request'

export type LinkAct =
  | { readonly kind: 'add'; readonly words: string }
  | { readonly kind: 'urge' }
  | { readonly kind: 'cancel'; readonly reason: string }
  | ({ readonly kind: 'rate' } & Omit<Rating, 'fileIds'>)

/**
 * What whoever holds the follow-link may do. Nobody is signed in, so the request itself stands for the person: the same
 * client id acts once. Answers the request's id. Errors: those of the acts, and of readByLink.
 */
export async function actByLink(
  ctx: Ctx,
  input: { readonly clientId: string; readonly token: string; readonly act: LinkAct },
): Promise<void> {
  const { id } = await readByLink(ctx, input)
  const about = { actorId: id, operation: 'requests.actByLink', clientId: input.clientId, input }
  await actOnce(ctx, about, () =>
    inTransaction(ctx, async (tx) => {
      const request = await lockRequest(tx, id)
      await act(tx, ctx, request, input.act)
      await recordAudit(tx, ctx, {
        action: `requests.actByLink.${input.act.kind}`,
        actor: `link:${id}`,
        object: `request:${id}`,
      })
      return true
    }),
  )
}

async function act(tx: Tx, ctx: Ctx, request: RequestRow, wanted: LinkAct): Promise<void> {
  const by = residentActor(request.residentId)
  switch (wanted.kind) {
    case 'add':
      // No account of a platform is behind a link, so no platform can judge the words: a person does.
      await addWords(tx, ctx, request, { words: wanted.words, fileIds: [], by, flagged: true })
      return
    case 'urge':
      await urge(tx, ctx, request, { by })
      return
    case 'cancel':
      await takeBack(tx, ctx, request, { by, reason: wanted.reason })
      return
    case 'rate':
      await rate(tx, ctx, request, { ...wanted, fileIds: [], by, flagged: Boolean(wanted.words) })
  }
}

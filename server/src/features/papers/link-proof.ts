import type { Ctx } from '../../platforms/context'
import { ownProof } from './make-proof'
import { shownProofCode } from './proof-code'
import type { PaperLink } from './schema'
import { linkTo } from './ticket'
import { said } from './words'

/** Errors: as makeProof, and not_found where the proof was not made yet. */
export async function linkProof(
  ctx: Ctx,
  input: { readonly paymentId: string; readonly householdId: string },
): Promise<PaperLink> {
  const { paymentId, householdId, code } = await ownProof(ctx, input)
  return linkTo(
    ctx,
    { kind: 'proof', paymentId, householdId, format: 'pdf' },
    `${said.proof}-${shownProofCode(code)}`,
  )
}

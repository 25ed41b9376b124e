import { recordAudit } from '../../core/audit'
import { inTransaction, isDuplicate } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { householdsByIds } from '../households'
import { residentAliases } from '../identity'
import { householdOrder } from '../payments'
import type { ProofRow } from './entities'
import { presentProof } from './present-proof'
import { PROOF_CODE_BYTES, proofCodeFrom } from './proof-code'
import { keptItems } from './proof-facts'
import { readAccount } from './read-account'
import type { ProofView } from './schema'
import { findProof, insertProof } from './store'

interface OfPayment {
  readonly paymentId: string
  readonly householdId: string
}

/**
 * The proof of a payment for one household, made at the first time of asking. Errors: not_found unless I paid it or have
 * bound the household and see the payment in its account; receipt_not_ready before the money
 * came, proof_not_possible where no bill took any of it.
 */
export async function makeProof(ctx: Ctx, input: OfPayment): Promise<ProofView> {
  await assertMayProve(ctx, input)
  const known = await findProof(ctx.db.reader, input)
  return presentProof(ctx, known ?? (await addProof(ctx, input)))
}

/** The proof that was made before. Errors: as makeProof, and not_found where none was. */
export async function ownProof(ctx: Ctx, input: OfPayment): Promise<ProofRow> {
  await assertMayProve(ctx, input)
  const row = await findProof(ctx.db.reader, input)
  if (row === null) throw new AppError('not_found', { detail: 'proof' })
  return row
}

async function assertMayProve(ctx: Ctx, input: OfPayment): Promise<void> {
  const order = await householdOrder(ctx.db.reader, input)
  if (order === null) throw new AppError('not_found', { detail: 'payment to prove' })
  const mine = await residentAliases(ctx.db.reader, residentOf(ctx).id)
  if (!mine.includes(order.residentId)) {
    // A household that was moved out of shows no money of those who lived there before.
    const { movements } = await readAccount(ctx, input.householdId)
    if (!movements.some(({ paymentId }) => paymentId === input.paymentId))
      throw new AppError('not_found', { detail: 'payment to prove' })
  }
  if (order.paidAt === null) throw new AppError('receipt_not_ready')
  if (keptItems(order).length === 0) throw new AppError('proof_not_possible')
}

async function addProof(ctx: Ctx, input: OfPayment): Promise<ProofRow> {
  const household = (await householdsByIds(ctx.db.reader, [input.householdId])).get(input.householdId)
  if (household === undefined) throw new AppError('not_found', { detail: 'household of a proof' })
  const row: ProofRow = {
    id: ctx.ids.next(),
    code: proofCodeFrom(ctx.ids.token(PROOF_CODE_BYTES)),
    ...input,
    companyId: household.companyId,
    createdAt: ctx.clock.now(),
  }
  try {
    await inTransaction(ctx, async (tx) => {
      await insertProof(tx, row)
      await recordAudit(tx, ctx, { action: 'papers.makeProof', object: `payment:${input.paymentId}` })
    })
    return row
  } catch (error) {
    // Two of the household asked at once, and the other was first.
    const theirs = isDuplicate(error) ? await findProof(ctx.db.reader, input) : null
    if (theirs === null) throw error
    return theirs
  }
}

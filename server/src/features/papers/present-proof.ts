import type { Ctx } from '../../platforms/context'
import type { ProofRow } from './entities'
import { proofFacts } from './proof-facts'
import type { ProofView } from './schema'

/** Where anybody can check a proof; the QR code on the paper is this address. */
export const VERIFY_PATH = '/verify'

export const verifyUrl = ({ config }: Pick<Ctx, 'config'>, code: string): string =>
  `${config.http.publicUrl}${VERIFY_PATH}/${code}`

export async function presentProof(ctx: Ctx, row: ProofRow): Promise<ProofView> {
  const { paymentId, householdId, code } = row
  return { ...(await proofFacts(ctx, row)), paymentId, householdId, verifyUrl: verifyUrl(ctx, code) }
}

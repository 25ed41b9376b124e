import type { Ctx } from '../../platforms/context'
import { readProofCode } from './proof-code'
import { proofFacts } from './proof-facts'
import type { CheckedProof } from './schema'
import { findProofByCode } from './store'

/** What a code says to anybody who has it. Errors: rate_limited, sooner for codes that are none of ours. */
export async function checkProof(ctx: Ctx, input: { readonly code: string }): Promise<CheckedProof> {
  const { checksPerIp, wrongPerIp } = ctx.config.papers
  await ctx.limiter.take(`proofs:${ctx.ip}`, checksPerIp)
  const code = readProofCode(input.code)
  const row = code === null ? null : await findProofByCode(ctx.db.reader, code)
  if (row === null) {
    await ctx.limiter.take(`proofs-wrong:${ctx.ip}`, wrongPerIp)
    return { result: code === null ? 'mistyped' : 'unknown' }
  }
  return { result: 'genuine', ...(await proofFacts(ctx, row)) }
}

import type { z } from 'zod'
import { shanghaiDay } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { owedByCode } from '../billing'
import { codeFaceOf } from '../households'
import { openNoticesOf } from '../notices'
import type { HouseholdCodeRow } from './entities'
import { findCode } from './find-code'
import type { CodePage, codesOperations } from './schema'
import { addScan } from './store'
import { REVOKE_WORDS, revokedWords } from './words'

type Opened = z.input<(typeof codesOperations)['codes.open']['output']>

/** What a scanned code shows to anybody who holds it, and one more scan of today. Errors: code_unknown, rate_limited. */
export async function openCode(
  ctx: Ctx,
  input: { token: string; again?: true | undefined },
  device: string,
): Promise<Opened> {
  const code = await findCode(ctx, input, device)
  const company = companyOf(ctx, code.companyId)
  if (code.state === 'revoked') {
    return {
      state: 'revoked',
      companyName: company.name,
      hotline: company.hotline,
      why: REVOKE_WORDS[code.why ?? 'replaced'],
      words: revokedWords(ctx, code),
      revokedAt: code.revokedAt ?? code.createdAt,
    }
  }
  const page = await pageOf(ctx, code)
  if (input.again) return { state: 'active', page }
  try {
    await inTransaction(ctx, (tx) => addScan(tx, code.id, shanghaiDay(ctx.clock.now())))
  } catch (error) {
    // A count is worth less than the page: a database that cannot write can still say what is owed.
    ctx.log.warn({ err: error, codeId: code.id }, 'codes.count-failed')
  }
  return { state: 'active', page }
}

async function pageOf(ctx: Ctx, code: HouseholdCodeRow): Promise<CodePage> {
  const { id: companyId, name, kind, hotline, merchants } = companyOf(ctx, code.companyId)
  const [face, owed, notices] = await Promise.all([
    codeFaceOf(ctx, code.householdId),
    owedByCode(ctx, { id: code.householdId, companyId }),
    openNoticesOf(ctx, code.householdId),
  ])
  if (face === null) throw new AppError('code_unknown', { detail: 'household of code' })
  const { ownerNameMasked, addressMasked, accountNoMasked } = face
  return {
    companyId,
    companyName: name,
    kind,
    hotline,
    ownerNameMasked,
    addressMasked,
    accountNoMasked,
    ...owed,
    notices,
    may: {
      pay: (['wechat', 'alipay'] as const).filter((wallet) => merchants[wallet] !== null),
      readMeter: kind === 'gas' || kind === 'water',
    },
  }
}

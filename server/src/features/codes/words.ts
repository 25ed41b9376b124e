import { shanghaiParts } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import type { CoreCtx } from '../../core/context'
import type { HouseholdCodeRow } from './entities'
import type { RevokeReason } from './schema'

/** What residents read of why their code no longer works. */
export const REVOKE_WORDS: Readonly<Record<RevokeReason, string>> = {
  replaced: '换发了新码',
  lost: '原码遗失或损坏',
  moved: '这一户已办理过户',
  misused: '原码被人误用',
}

/** The sentence for a code that was taken out of use: when, why, and what to do now. */
export function revokedWords(ctx: Pick<CoreCtx, 'config'>, code: HouseholdCodeRow): string {
  const { hotline } = companyOf(ctx, code.companyId)
  const { year, month, day } = shanghaiParts(code.revokedAt ?? code.createdAt)
  const why = REVOKE_WORDS[code.why ?? 'replaced']
  return `这个码已在${year}年${month}月${day}日停用（${why}），请扫新码，或拨打${hotline}。`
}

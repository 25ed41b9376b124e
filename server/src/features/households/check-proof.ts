import { timingSafeEqual } from 'node:crypto'
import { isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { verifySmsCode } from '../identity'
import type { HouseholdRow } from './entities'
import { phoneTailIndex } from './indexes'
import { openOwner } from './owner'

/** Stands in where there is no household or no phone, so that the same work is done and the same time passes. */
const NOBODY = { id: '0'.repeat(26), phone: '10000000000', tailIndex: '0'.repeat(64) }

/** A code is good for one household and one resident only: a code that A asked for opens nothing for B. */
export function bindPurpose(ctx: Ctx, householdId: string, residentId: string): `bind-household:${string}` {
  const pair = ctx.vault.index(
    'bind-purpose',
    `${householdId}
${residentId}`,
  )
  return `bind-household:${pair.slice(0, 40)}`
}

/** Whether these are the last four digits of the phone on file. False, in the same time, when there is none. */
export function isPhoneTail(ctx: Ctx, household: HouseholdRow | null, tail: string): boolean {
  const given = phoneTailIndex(ctx.vault, household?.id ?? NOBODY.id, tail)
  const onFile = household?.phoneTailIndex ?? NOBODY.tailIndex
  return timingSafeEqual(Buffer.from(given), Buffer.from(onFile)) && household !== null
}

/** Uses up a code that was sent to the phone on file. Opens a transaction of its own. */
export async function isSmsCode(
  ctx: Ctx,
  household: HouseholdRow | null,
  residentId: string,
  code: string,
): Promise<boolean> {
  const onFile = household === null ? null : openOwner(ctx.vault, household).phone
  const phone = onFile ?? NOBODY.phone
  try {
    await verifySmsCode(ctx, {
      phone,
      purpose: bindPurpose(ctx, household?.id ?? NOBODY.id, residentId),
      code,
    })
    return onFile !== null
  } catch (error) {
    if (isAppError(error, 'sms_code_wrong')) return false
    throw error
  }
}

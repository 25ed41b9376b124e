import type { Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { deskHouseholds, householdsOf, householdsOfPhone } from '../households'
import { residentByPhone } from '../identity'

export interface Caller {
  readonly residentId: string | null
  /** Of this company, the likeliest first. */
  readonly householdIds: readonly string[]
}

/** By which calls of one number are found. */
export function numberIndexOf(ctx: Pick<Ctx, 'vault'>, number: string): string {
  return ctx.vault.index('call-number', plainNumber(number))
}

/** Without the country's code, so that one telephone is one number. */
export function plainNumber(number: string): string {
  return number.replace(/^(?:\+86|0086)/, '').replace(/^\+/, '00')
}

/** Who may be calling: whoever proved the number, with what they have bound, and the households that have it on file. */
export async function callerOf(
  reader: Reader,
  ctx: Ctx,
  of: { readonly companyId: string; readonly number: string },
): Promise<Caller> {
  const phone = plainNumber(of.number)
  const residentId = await residentByPhone(reader, ctx, phone)
  const bound = residentId === null ? [] : await householdsOf(ctx, residentId)
  const onFile = await householdsOfPhone(reader, ctx, { companyId: of.companyId, phone })
  const ids = [...bound.filter(({ companyId }) => companyId === of.companyId).map(({ id }) => id), ...onFile]
  return { residentId, householdIds: [...new Set(ids)] }
}

/** Where that household stands, for the scope of whoever asks; empty where none is known. */
export async function areaOf(ctx: Ctx, householdId: string | undefined): Promise<string> {
  if (householdId === undefined) return ''
  return (await deskHouseholds(ctx, [householdId])).get(householdId)?.areaPath ?? ''
}

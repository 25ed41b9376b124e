import type { Ctx } from '../../platforms/context'
import type { RequestRow } from './entities'

/** Who to speak to and where to go, as a request keeps it under one seal. */
export interface SealedContact {
  readonly name: string | null
  readonly phone: string | null
  readonly address: string | null
  /** The parent somebody acts for (亲情代办). */
  readonly onBehalfOf: string | null
  /** The place in words, such as 小区东门花坛旁. */
  readonly placeWords: string | null
}

export const NO_CONTACT: SealedContact = {
  name: null,
  phone: null,
  address: null,
  onBehalfOf: null,
  placeWords: null,
}

export function sealContact(ctx: Ctx, contact: SealedContact): string {
  return ctx.vault.seal(JSON.stringify(contact))
}

/** Opened; whoever calls this masks it, or has a reason that the audit keeps. */
export function contactOf(ctx: Ctx, row: Pick<RequestRow, 'contactSealed'>): SealedContact {
  return { ...NO_CONTACT, ...(JSON.parse(ctx.vault.open(row.contactSealed)) as Partial<SealedContact>) }
}

/** By which a request is found from a whole phone number. */
export function phoneIndexOf(ctx: Ctx, phone: string): string {
  return ctx.vault.index('request-phone', phone)
}

/** By which it is found from the last four digits; with the company, so that equal digits look different elsewhere. */
export function phoneTailIndexOf(ctx: Ctx, companyId: string, tail: string): string {
  return ctx.vault.index('request-phone-tail', `${companyId}|${tail}`)
}

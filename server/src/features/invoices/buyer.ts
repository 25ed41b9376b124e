import { AppError } from '../../core/errors'
import type { InvoiceBuyer } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { isTaxNo } from './credit-code'
import type { TitleRow } from './entities'
import type { NewTitle, TitleView } from './schema'

/**
 * A title as it may stand on an invoice: a company with a taxpayer's number whose check character is right, a person
 * with none. Errors: title_incomplete, tax_no_wrong.
 */
export function buyerOf(given: NewTitle): InvoiceBuyer {
  const { kind } = given
  const text = (value: string | undefined): string | null =>
    value === undefined || value === '' ? null : value
  const name = given.name.normalize('NFKC').replace(/\s+/g, kind === 'company' ? '' : ' ')
  if (kind === 'person')
    return { kind, name, taxNo: null, address: null, phone: null, bank: null, account: null }
  const taxNo = text(given.taxNo)
  if (taxNo === null) throw new AppError('title_incomplete')
  if (!isTaxNo(taxNo)) throw new AppError('tax_no_wrong')
  return {
    kind,
    name,
    taxNo,
    address: text(given.address),
    phone: text(given.phone),
    bank: text(given.bank),
    account: text(given.account),
  }
}

/** The same name and number are the same title. */
export function markOf(ctx: Ctx, { kind, name, taxNo }: InvoiceBuyer): string {
  return ctx.vault.index('invoice-title', JSON.stringify([kind, name, taxNo]))
}

export const sealBuyer = (ctx: Ctx, buyer: InvoiceBuyer): string => ctx.vault.seal(JSON.stringify(buyer))
export const openBuyer = (ctx: Ctx, sealed: string): InvoiceBuyer =>
  JSON.parse(ctx.vault.open(sealed)) as InvoiceBuyer

export function presentTitle(ctx: Ctx, row: TitleRow): TitleView {
  const { kind, name, taxNo, address, phone, bank, account } = openBuyer(ctx, row.sealed)
  return { id: row.id, kind, name, taxNo, address, phone, bank, account, isDefault: row.isDefault === 1 }
}

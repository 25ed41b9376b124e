import { recordAudit } from '../../core/audit'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { InvoiceBuyer } from '../../platforms'
import { type Ctx, residentOf } from '../../platforms/context'
import { lockResident, residentAliases } from '../identity'
import { buyerOf, markOf, presentTitle, sealBuyer } from './buyer'
import type { TitleRow } from './entities'
import type { NewTitle, TitleView } from './schema'
import { insertTitle, saveTitleRow, setDefaultTitle, titlesOf } from './title-store'

/** Keeps a title. Errors: not_found, title_incomplete, tax_no_wrong, title_limit. */
export async function saveTitle(
  ctx: Ctx,
  input: { readonly titleId?: string | undefined; readonly title: NewTitle; readonly isDefault: boolean },
): Promise<{ title: TitleView }> {
  const buyer = buyerOf(input.title)
  return inTransaction(ctx, async (tx) => {
    const row = await keepTitle(tx, ctx, { titleId: input.titleId, buyer, isDefault: input.isDefault })
    await recordAudit(tx, ctx, { action: 'invoices.saveTitle', object: `invoice-title:${row.id}` })
    return { title: presentTitle(ctx, row) }
  })
}

/** The same title is kept once, whoever of my ids wrote it; the first one is the default. */
export async function keepTitle(
  tx: Tx,
  ctx: Ctx,
  asked: { readonly titleId?: string | undefined; readonly buyer: InvoiceBuyer; readonly isDefault: boolean },
): Promise<TitleRow> {
  const residentId = residentOf(ctx).id
  const { titleId, buyer } = asked
  const ids = await residentAliases(tx, residentId)
  // Two telephones of one person must not both add the last one that is allowed.
  await lockResident(tx, residentId)
  const mine = await titlesOf(tx, ids)
  const mark = markOf(ctx, buyer)
  const same = mine.find((row) => row.mark === mark)
  const known = titleId === undefined ? same : mine.find(({ id }) => id === titleId)
  if (titleId !== undefined && known === undefined)
    throw new AppError('not_found', { detail: 'no such title' })
  if (known !== undefined && same !== undefined && same.id !== known.id) throw new AppError('title_known')
  const now = ctx.clock.now()
  const content = { kind: buyer.kind, sealed: sealBuyer(ctx, buyer), mark, usedAt: now }
  const isDefault = asked.isDefault || mine.length === 0 || known?.isDefault === 1 ? 1 : 0
  if (known) await saveTitleRow(tx, { id: known.id, ...content })
  else if (mine.length >= ctx.config.invoices.titlesPerResident) throw new AppError('title_limit')
  const row: TitleRow = known
    ? { ...known, ...content, isDefault }
    : { id: ctx.ids.next(), residentId, ...content, isDefault, createdAt: now }
  if (!known) await insertTitle(tx, row)
  if (isDefault === 1) await setDefaultTitle(tx, ids, row.id)
  return row
}

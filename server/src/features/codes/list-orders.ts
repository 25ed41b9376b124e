import { type Ctx, staffOf } from '../../platforms/context'
import { scopeSql } from '../staff'
import type { CodeOrderView } from './desk-schema'
import { companyInScope } from './desk-scope'
import { filesOf, orderPage } from './order-store'
import { presentOrder } from './present-order'

/** Orders of a company in my areas, newest first. Errors: not_found. */
export async function listOrders(
  ctx: Ctx,
  input: { readonly companyId: string; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: CodeOrderView[]; nextCursor: string | null }> {
  const { id: companyId } = companyInScope(ctx, input.companyId)
  const { reader } = ctx.db
  const scope = scopeSql(staffOf(ctx), 'o')
  const rows = await orderPage(reader, {
    companyId,
    scope,
    before: input.cursor ?? null,
    limit: input.limit + 1,
  })
  const page = rows.slice(0, input.limit)
  const files = await filesOf(
    reader,
    page.map(({ id }) => id),
  )
  return {
    items: page.map((row) =>
      presentOrder(
        row,
        files.filter(({ orderId }) => orderId === row.id),
      ),
    ),
    nextCursor: rows.length > page.length ? (page.at(-1)?.id ?? null) : null,
  }
}

import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { viewAccounts } from './account-view'
import { pageOfAccounts } from './account-store'
import type { StaffAccountView, StaffRole } from './schema'

interface Input {
  readonly q?: string | undefined
  readonly role?: StaffRole | undefined
  readonly teamId?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Accounts by name, a page at a time: of those who see one of the companies that I see. */
export async function listAccounts(
  ctx: Ctx,
  input: Input,
): Promise<{ items: StaffAccountView[]; nextCursor: string | null }> {
  const rows = await pageOfAccounts(ctx.db.reader, {
    q: input.q?.trim(),
    role: input.role,
    teamId: input.teamId,
    companies: staffOf(ctx).companies,
    after: input.cursor === undefined ? null : readCursor(input.cursor),
    limit: input.limit + 1,
  })
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: await viewAccounts(ctx.db.reader, ctx, shown),
    nextCursor: rows.length > input.limit && last ? writeCursor(last) : null,
  }
}

function writeCursor(last: { readonly name: string; readonly id: string }): string {
  return Buffer.from(`${last.id}${last.name}`).toString('base64url')
}

function readCursor(cursor: string): { name: string; id: string } {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!/^[0-9A-Z]{26}./su.test(text))
    throw new AppError('invalid_input', { fields: [{ path: 'cursor', message: '请从第一页重新看' }] })
  return { id: text.slice(0, 26), name: text.slice(26) }
}

import { companyOf } from '../../core/config/companies'
import { type Ctx, staffOf } from '../../platforms/context'
import { filesByIds, type FileView, presentFile } from '../files'
import { cannedFacts } from './canned-facts'
import { cannedFor } from './canned-store'
import { CANNED_VARIABLES, fillCanned } from './canned-words'
import type { CannedRow } from './entities'
import { seenConversation } from './own-conversation'

/** Where the pictures of ready answers are fetched. */
export const CANNED_PATH = '/attachments/canned'

export interface Canned {
  readonly id: string
  readonly companyId: string | null
  readonly shortcut: string
  readonly title: string
  readonly text: string
  readonly file: FileView | null
  readonly filled: string | null
  readonly missing: string[]
}

/**
 * Ready answers that begin with or hold these words, those that begin with them first; filled in for a conversation where
 * one is given. Errors: not_found.
 */
export async function listCanned(
  ctx: Ctx,
  input: {
    readonly conversationId?: string | undefined
    readonly companyId?: string | undefined
    readonly q?: string | undefined
  },
): Promise<{ items: Canned[]; variables: string[] }> {
  const staff = staffOf(ctx)
  const { reader } = ctx.db
  const conversation =
    input.conversationId === undefined
      ? null
      : await seenConversation(reader, { side: 'staff', staff }, input.conversationId)
  const asked = conversation?.companyId ?? input.companyId
  const mine = (id: string): boolean => staff.companies === null || staff.companies.includes(id)
  const companyIds =
    asked === undefined ? ctx.config.companies.map(({ id }) => id).filter(mine) : [asked].filter(mine)
  const rows = matching(await cannedFor(reader, companyIds), input.q ?? '')
  const facts = conversation && (await cannedFacts(ctx, conversation))
  const files = await filesByIds(
    reader,
    rows.flatMap(({ fileId }) => fileId ?? []),
  )
  return {
    variables: [...CANNED_VARIABLES],
    items: rows.map((row) => {
      const file = row.fileId === null ? undefined : files.get(row.fileId)
      const { filled, missing } = facts ? fillCanned(row.text, facts) : { filled: null, missing: [] }
      return {
        id: row.id,
        companyId: row.companyId,
        shortcut: row.shortcut,
        title: row.title,
        text: row.text,
        filled,
        missing,
        file: file ? presentFile(ctx, file, { path: CANNED_PATH }) : null,
      }
    }),
  }
}

function matching(rows: readonly CannedRow[], q: string): CannedRow[] {
  const wanted = q.toLowerCase()
  const begins = (row: CannedRow): boolean => row.shortcut.toLowerCase().startsWith(wanted)
  const holds = ({ shortcut, title, text }: CannedRow): boolean =>
    `${shortcut} ${title} ${text}`.toLowerCase().includes(wanted)
  const found = rows.filter(holds)
  return [...found.filter(begins), ...found.filter((row) => !begins(row))]
}

/** A company that is configured and mine, or nothing for all companies. */
export function isMyCompany(ctx: Ctx, companyId: string | null): boolean {
  const { companies } = staffOf(ctx)
  if (companyId === null) return companies === null
  companyOf(ctx, companyId)
  return companies === null || companies.includes(companyId)
}

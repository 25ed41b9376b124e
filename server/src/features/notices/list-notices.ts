import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import { readersOf } from './my-notices'
import { readOrCopy, shownSince } from './public-copy'
import { presentPublic, publicFacts } from './public-facts'
import { shownPage } from './public-store'
import type { PublicNotice } from './schema'

const PAGE = 20

interface Page {
  items: PublicNotice[]
  nextCursor: string | null
}

/** What is announced now and was lately, newest first, for anybody. Errors: not_found for an unknown company. */
export async function listNotices(
  ctx: Ctx,
  input: { readonly companyId?: string | undefined; readonly cursor?: string | undefined },
): Promise<Page & { asOf: number; stale: boolean }> {
  const companyId = input.companyId === undefined ? null : companyOf(ctx, input.companyId).id
  const before = input.cursor ?? null
  return readOrCopy(
    ctx,
    async () => {
      const { reader } = ctx.db
      const since = shownSince(ctx)
      const rows = await shownPage(reader, { companyId, since, before, limit: PAGE + 1 })
      const facts = await publicFacts(ctx, reader, rows.slice(0, PAGE))
      const readerFor = await readersOf(
        ctx,
        rows.map(({ id }) => id),
        since,
      )
      return pageOf(
        facts.map((one) => presentPublic(ctx, one, readerFor(one.id))),
        rows.length > PAGE,
      )
    },
    (copy) => {
      const rest = copy.facts
        .filter((facts) => companyId === null || facts.companyId === companyId)
        .filter((facts) => before === null || facts.id < before)
      return pageOf(
        rest.slice(0, PAGE).map((facts) => presentPublic(ctx, facts)),
        rest.length > PAGE,
      )
    },
  )
}

function pageOf(items: PublicNotice[], hasMore: boolean): Page {
  return { items, nextCursor: hasMore ? (items.at(-1)?.id ?? null) : null }
}

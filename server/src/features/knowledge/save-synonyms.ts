import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { listSynonyms } from './list-synonyms'
import { assertCompany } from './policy'
import { normal } from './search/cut-words'
import { lookSoon } from './search/shelf'
import {
  countSynonyms,
  deleteSynonym,
  insertSynonym,
  lockSynonym,
  SYNONYMS_MAX,
  updateSynonym,
} from './synonym-store'

/**
 * Makes or changes a list of words that mean the same; fewer than two throw it away. A list for every company belongs to
 * those who see every company. Errors: not_found outside my scope, forbidden, invalid_input when there are too many.
 */
export async function saveSynonyms(
  ctx: Ctx,
  input: {
    readonly synonymId: string | null
    readonly companyId: string | null
    readonly words: readonly string[]
  },
) {
  const { synonymId, companyId } = input
  assertMine(ctx, companyId)
  const words = [...new Set(input.words.map((word) => normal(word).replace(/\s+/g, '')))].filter(Boolean)
  await inTransaction(ctx, async (tx) => {
    const before = synonymId === null ? null : await lockSynonym(tx, synonymId)
    if (synonymId !== null && !before) throw new AppError('not_found')
    if (before) assertMine(ctx, before.companyId)
    lookSoon(tx, ctx)
    if (words.length < 2) {
      if (before) await deleteSynonym(tx, before.id)
      return
    }
    if (!before && (await countSynonyms(tx)) >= SYNONYMS_MAX)
      throw new AppError('invalid_input', { message: '同义词已经太多了，请先删掉不用的。' })
    const id = before?.id ?? ctx.ids.next()
    const row = { id, companyId, words: words.join(' '), updatedAt: ctx.clock.now() }
    await (before ? updateSynonym(tx, row) : insertSynonym(tx, row))
  })
  return listSynonyms(ctx)
}

function assertMine(ctx: Ctx, companyId: string | null): void {
  if (companyId !== null) assertCompany(ctx, companyId)
  else if (staffOf(ctx).companies !== null)
    throw new AppError('forbidden', { message: '全部公司通用的同义词由管理所有公司的人维护。' })
}

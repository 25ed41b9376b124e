import type { Ctx } from '../../platforms/context'
import { seesCompany } from './policy'
import { language } from './search/language'
import { allSynonyms } from './synonym-store'

/** Words that mean the same, for my companies and for all; those without an id are shipped. */
export async function listSynonyms(ctx: Ctx) {
  const own = (await allSynonyms(ctx.db.reader)).filter(
    ({ companyId }) => companyId === null || seesCompany(ctx, companyId),
  )
  return {
    lists: [
      ...own.map(({ id, companyId, words }) => ({ id, companyId, words: words.split(' ') })),
      ...language().synonyms.map((words) => ({ id: null, companyId: null, words: [...words] })),
    ],
  }
}

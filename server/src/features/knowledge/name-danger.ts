import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import { currentCatalogue } from '../catalogue'
import { normal } from './search/cut-words'
import { language, withoutSlips } from './search/language'

/** A gate that words have opened: what to do now, and whom to call. */
export interface Danger {
  readonly companyId: string
  readonly typeId: string
  readonly title: string
  readonly steps: string[]
  readonly phone: string
}

/**
 * The danger that somebody's words name, by the gates of the catalogues; null where they name none. The company they
 * are talking with is asked first and then the others: a smell of gas is as dangerous in the heating company's chat.
 */
export async function nameDanger(ctx: Ctx, companyId: string, words: string): Promise<Danger | null> {
  const said = withoutSlips(normal(words).replace(/\s+/g, ''))
  const companies = [companyId, ...ctx.config.companies.map(({ id }) => id).filter((id) => id !== companyId)]
  for (const id of companies) {
    const { kind } = companyOf(ctx, id)
    for (const { typeId, words: dangers } of language().dangers[kind] ?? []) {
      if (!dangers.some((danger) => isSaid(said, danger))) continue
      const { body } = await currentCatalogue(ctx, id)
      const stopper = body.types.find((type) => type.id === typeId)?.stopper
      if (stopper) {
        const { title, steps, phone } = stopper
        return { companyId: id, typeId, title, steps: [...steps], phone }
      }
    }
  }
  return null
}

/** Whether the word stands there without being denied right before it; a question whether it is so denies nothing. */
function isSaid(said: string, danger: string): boolean {
  for (let at = said.indexOf(danger); at >= 0; at = said.indexOf(danger, at + 1))
    if (!DENIED.test(said.slice(Math.max(0, at - 8), at).replace(ASKED, ''))) return true
  return false
}

const ASKED = /(?:是不是|有没有|会不会|不会是|要不要紧|能不能)/g
const DENIED = /(?:没有|没|无|未|不)(?:闻到|闻见|发现|听到|看到|见|有|是|再|什么|任何)?$/

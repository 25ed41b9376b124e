import { inTransaction } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { draftFault } from './draft-fault'
import { assertCompany } from './policy'
import { type MarkdownFault, readMarkdown } from './read-markdown'
import { makeArticle, type Saved } from './save-article'
import { articlesCalled } from './store'

interface Fault extends MarkdownFault {
  readonly name: string
}

/**
 * Makes a draft of every file that is understood, all of them or none at a fault of ours; of the others it says line by
 * line what is wrong. What is there already under the same title is not made again. Errors: not_found.
 */
export async function importKnowledge(
  ctx: Ctx,
  input: {
    readonly companyId: string
    readonly files: readonly { readonly name: string; readonly text: string }[]
  },
) {
  const { companyId } = input
  assertCompany(ctx, companyId)
  const { id: ownerId, name: ownerName } = staffOf(ctx)
  const faults: Fault[] = []
  const read = await readAll(ctx, input, faults)
  const made = await inTransaction(ctx, async (tx) => {
    const known = await articlesCalled(
      tx,
      companyId,
      read.map(({ draft }) => draft.title),
    )
    const rows: { name: string; articleId: string; title: string }[] = []
    for (const { name, draft } of read) {
      if (known.has(draft.title)) continue
      const { id: articleId, title } = await makeArticle(tx, ctx, draft, { ownerId, ownerName })
      rows.push({ name, articleId, title })
    }
    return rows
  })
  const titles = new Set(made.map(({ title }) => title))
  for (const { name, draft } of read)
    if (!titles.has(draft.title))
      faults.push({ name, line: 1, message: `已经有一篇“${draft.title}”，没有重复导入` })
  return { made, faults }
}

async function readAll(
  ctx: Ctx,
  input: { companyId: string; files: readonly { name: string; text: string }[] },
  faults: Fault[],
): Promise<{ name: string; draft: Saved }[]> {
  const facts = { now: ctx.clock.now(), reviewDays: ctx.config.knowledge.reviewDays }
  const read: { name: string; draft: Saved }[] = []
  const titles = new Set<string>()
  for (const { name, text } of input.files) {
    const one = readMarkdown(text, facts)
    if ('faults' in one) {
      faults.push(...one.faults.map((fault) => ({ name, ...fault })))
      continue
    }
    const draft = { ...one.draft, companyId: input.companyId, fileIds: [], whatChanged: '从文件导入' }
    const fault = titles.has(draft.title)
      ? '这次导入里有两篇同名的'
      : ((await draftFault(ctx, draft))?.message ?? null)
    titles.add(draft.title)
    if (fault === null) read.push({ name, draft })
    else faults.push({ name, line: 1, message: fault })
  }
  return read
}

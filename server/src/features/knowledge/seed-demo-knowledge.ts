import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { publishersOf, supervisorsOf } from '../staff'
import { draftFault } from './draft-fault'
import { readMarkdown } from './read-markdown'
import { publishVersion } from './review-article'
import { makeArticle, type Saved } from './save-article'
import { KNOWLEDGE_FOLDER } from './search/language'
import { findVersion, hasArticles } from './store'

/**
 * Fills the demo's knowledge base from config/knowledge/<kind of company>, once for each company that has no article yet:
 * written by a publisher and published by a supervisor. Answers how many there are now; null where nothing was to do.
 * A file that is not understood is a fault of the file, and nothing of its company is made.
 */
export async function seedDemoKnowledge(ctx: Ctx): Promise<number | null> {
  if (ctx.config.environment !== 'demo') return null
  let made = 0
  for (const { id, kind } of ctx.config.companies) {
    if (await hasArticles(ctx.db.reader, id)) continue
    const drafts = await draftsOf(ctx, id, kind)
    const [author, reviewer] = await twoOf(ctx, id)
    if (!author || !reviewer) continue
    await inTransaction(ctx, async (tx) => {
      for (const draft of drafts) {
        const article = await makeArticle(tx, as(ctx, author), draft, {
          ownerId: author.id,
          ownerName: author.name,
        })
        const version = await findVersion(tx, article.id, 1)
        if (version) await publishVersion(tx, as(ctx, reviewer), article, version)
      }
    })
    made += drafts.length
  }
  return made === 0 ? null : made
}

interface Person {
  readonly id: string
  readonly name: string
}

/** Somebody who writes and somebody else who publishes. */
async function twoOf(ctx: Ctx, companyId: string): Promise<(Person | undefined)[]> {
  const [publishers, supervisors] = await Promise.all([
    publishersOf(ctx.db.reader, companyId),
    supervisorsOf(ctx.db.reader, companyId),
  ])
  const [author] = publishers
  return [author, supervisors.find(({ id }) => id !== author?.id)]
}

function as(ctx: Ctx, { id, name }: Person): Ctx {
  const everywhere = { teamId: null, companies: null, areaPaths: null }
  return { ...ctx, staff: { id, name, sessionId: '', roles: ['supervisor'], ...everywhere } }
}

/** The articles that are shipped for a kind of company, as drafts of this one. */
async function draftsOf(ctx: Ctx, companyId: string, kind: string): Promise<Saved[]> {
  const facts = { now: ctx.clock.now(), reviewDays: ctx.config.knowledge.reviewDays }
  const drafts: Saved[] = []
  for (const { name, text } of shippedArticles(kind)) {
    const at = `config/knowledge/${kind}/${name}`
    const read = readMarkdown(text, facts)
    if ('faults' in read)
      throw new Error(read.faults.map(({ line, message }) => `${at}:${line}: ${message}`).join('; '))
    const draft = { ...read.draft, companyId, fileIds: [], whatChanged: '随系统提供' }
    const fault = await draftFault(ctx, draft)
    if (fault) throw new Error(`${at}: ${fault.message}`)
    drafts.push(draft)
  }
  return drafts
}

/** The Markdown files that are shipped for a kind of company, by name. */
export function shippedArticles(kind: string): { name: string; text: string }[] {
  const folder = join(KNOWLEDGE_FOLDER, kind)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
}

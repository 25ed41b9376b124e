import { setImmediate as turn } from 'node:timers/promises'
import { monotonicMs } from '../../../core/clock'
import { type Database, outsideTransaction, type Tx } from '../../../core/db/database'
import { within } from '../../../core/jobs/within'
import type { Ctx } from '../../../platforms/context'
import type { SynonymRow } from '../entities'
import { changedArticles, type ChangedArticle, liveByIds } from '../store'
import { allSynonyms } from '../synonym-store'
import { CompanyIndex } from './company-index'
import { language } from './language'
import type { Synonyms } from './read-question'

/** What a process can search: an index of each company, so that one company's words never meet another's. */
interface Shelf {
  readonly indexes: Map<string, CompanyIndex>
  /** Article → revision, so that what was seen is not read again. */
  readonly seen: Map<string, number>
  synonyms: readonly SynonymRow[]
  lookedAt: number
  /** Set by this process's own changes: whoever published looks for it at once. */
  isStale: boolean
  /** Settles when everything was read for the first time. */
  primed: Promise<void> | null
  /** Everything was read; until then what is not found may be there all the same. */
  isWhole: boolean
  looking: Promise<void> | null
}

/** A look at the tail of changes costs one question of the database. */
const LOOK_MS = 1000
/**
 * How far back each look goes: a change is stamped before its transaction commits, and the clocks of two machines
 * differ. What was seen already is not read again.
 */
const OVERLAP_MS = 15_000
const PAGE = 200
/** After so long, or so many articles, whatever else this process has to do gets its turn. */
const SLICE_MS = 8
const SLICE_ARTICLES = 20

const shelves = new WeakMap<Database, Shelf>()

function shelfIn(ctx: Ctx): Shelf {
  const known = shelves.get(ctx.db)
  if (known) return known
  const shelf: Shelf = {
    indexes: new Map(),
    seen: new Map(),
    synonyms: [],
    lookedAt: 0,
    isStale: false,
    primed: null,
    isWhole: false,
    looking: null,
  }
  shelves.set(ctx.db, shelf)
  return shelf
}

/** The indexes as fresh as they can be had without keeping anybody waiting; the first time they are built. */
export async function freshShelf(ctx: Ctx): Promise<Shelf> {
  const shelf = shelfIn(ctx)
  const { firstWaitMs, newsWaitMs } = ctx.config.knowledge
  if (shelf.primed === null) {
    shelf.primed = outsideTransaction(() => look(ctx, shelf)).then(() => {
      shelf.isWhole = true
    })
    shelf.primed.catch(() => {
      shelf.primed = null
    })
  }
  if (!shelf.isWhole) {
    await within(firstWaitMs, shelf.primed)
    return shelf
  }
  const now = ctx.clock.now()
  if (shelf.isStale || Math.abs(now - shelf.lookedAt) >= LOOK_MS) {
    shelf.isStale = false
    shelf.looking ??= outsideTransaction(() => look(ctx, shelf)).finally(() => {
      shelf.looking = null
    })
  }
  if (shelf.looking) await within(newsWaitMs, shelf.looking)
  return shelf
}

/** Once this transaction is committed, the next search of this process sees what it changed. */
export function lookSoon(tx: Tx, ctx: Ctx): void {
  tx.afterCommit(() => {
    shelfIn(ctx).isStale = true
  })
}

/** The words that mean the same at a company: its own, those of all, and the shipped ones. */
export function synonymsOf(shelf: Pick<Shelf, 'synonyms'>, companyId: string): Synonyms {
  const own = shelf.synonyms
    .filter((row) => row.companyId === null || row.companyId === companyId)
    .map(({ words }) => words.split(' '))
  return [...own, ...language().synonyms]
}

async function look(ctx: Ctx, shelf: Shelf): Promise<void> {
  const now = ctx.clock.now()
  const { reader } = ctx.db
  shelf.synonyms = await allSynonyms(reader)
  const slice = newSlice()
  let from = { at: Math.max(0, Math.min(now, shelf.lookedAt) - OVERLAP_MS), id: '' }
  for (;;) {
    const rows = await changedArticles(reader, from, PAGE)
    const news = rows.filter((row) => shelf.seen.get(row.id) !== row.revision)
    await takeIn(ctx, shelf, news, slice)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE || ctx.stopping.aborted) break
    from = { at: last.updatedAt, id: last.id }
  }
  shelf.lookedAt = now
}

interface Slice {
  endsAt: number
  articles: number
}

function newSlice(): Slice {
  return { endsAt: monotonicMs() + SLICE_MS, articles: 0 }
}

async function takeIn(ctx: Ctx, shelf: Shelf, news: readonly ChangedArticle[], slice: Slice): Promise<void> {
  if (news.length === 0) return
  const live = await liveByIds(
    ctx.db.reader,
    news.map(({ id }) => id),
  )
  for (const { id, companyId, revision } of news) {
    const index = shelf.indexes.get(companyId) ?? new CompanyIndex()
    shelf.indexes.set(companyId, index)
    const row = live.get(id)
    if (row) {
      const { kind, audience, typeIds, validFrom, validUntil, title, questions, body } = row
      index.put({ id, title, questions, body, facts: { kind, audience, typeIds, validFrom, validUntil } })
    } else index.remove(id)
    shelf.seen.set(id, revision)
    if (++slice.articles < SLICE_ARTICLES && monotonicMs() < slice.endsAt) continue
    await turn()
    Object.assign(slice, newSlice())
  }
}

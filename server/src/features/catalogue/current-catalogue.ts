import { companyOf } from '../../core/config/companies'
import { type Database, inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { readCatalogueFile } from './catalogue-files'
import type { CatalogueBody } from './schema'
import { findVersion, insertVersion, newestVersion } from './store'

export interface Catalogue {
  readonly version: number
  readonly body: CatalogueBody
}

/** Versions never change, so each is parsed once in a process. */
const parsed = new WeakMap<Database, Map<string, Catalogue>>()

/** Few versions are in use at once; older ones are read again when somebody asks. */
const MOST_KEPT = 200

/**
 * The newest version of a company's catalogue. The first one is made from config/catalogues when somebody first asks;
 * from then on the file is not read again, because what was edited in the console wins. Inside a transaction its `tx`
 * must be given. Errors: not_found for a company that is not configured.
 */
export async function currentCatalogue(ctx: Ctx, companyId: string, tx?: Tx): Promise<Catalogue> {
  const company = companyOf(ctx, companyId)
  const newest = await newestVersion(tx ?? ctx.db.reader, company.id)
  if (newest > 0) return catalogueVersion(ctx, company.id, newest, tx)
  if (tx) return plantFirst(tx, ctx, company.id)
  return inTransaction(ctx, (own) => plantFirst(own, ctx, company.id))
}

async function plantFirst(tx: Tx, ctx: Ctx, companyId: string): Promise<Catalogue> {
  const read = readCatalogueFile(companyOf(ctx, companyId))
  if ('faults' in read) throw new Error(read.faults.join('; '))
  try {
    await insertVersion(tx, {
      companyId,
      version: 1,
      body: JSON.stringify(read.body),
      note: '初始目录',
      byId: null,
      byName: null,
      createdAt: ctx.clock.now(),
    })
  } catch (error) {
    // Somebody else planted it in the same moment, from the same file.
    if (!isDuplicate(error)) throw error
  }
  return { version: 1, body: read.body }
}

/** One version whole. Errors: not_found where the company has no such version. */
export async function catalogueVersion(
  ctx: Ctx,
  companyId: string,
  version: number,
  tx?: Tx,
): Promise<Catalogue> {
  const kept = parsed.get(ctx.db) ?? new Map<string, Catalogue>()
  parsed.set(ctx.db, kept)
  const key = `${companyId}:${version}`
  const known = kept.get(key)
  if (known) return known
  const row = await findVersion(tx ?? ctx.db.reader, companyId, version)
  if (!row) throw new AppError('not_found', { detail: `catalogue ${key}` })
  const catalogue = { version, body: JSON.parse(row.body) as CatalogueBody }
  const remember = (): void => {
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(key, catalogue)
  }
  // What a transaction wrote itself may still be rolled back.
  if (tx) tx.afterCommit(remember)
  else remember()
  return catalogue
}

import { placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import {
  type ArticleRow,
  type ArticleState,
  articleTable,
  type ArticleVersionRow,
  articleVersionTable,
} from './entities'

const ARTICLE_NUMBERS = ['newestVersion', 'revision', 'reviewAt', 'createdAt', 'updatedAt'] as const
const ARTICLE_NULLABLE = ['liveVersion', 'validFrom', 'validUntil', 'reviewToldAt'] as const

/** Whole numbers come as text from some drivers when they are large. */
function articleOf(row: ArticleRow): ArticleRow {
  const read = { ...row }
  for (const name of ARTICLE_NUMBERS) read[name] = Number(row[name])
  for (const name of ARTICLE_NULLABLE) read[name] = numberOrNull(row[name])
  return read
}

function versionOf(row: ArticleVersionRow): ArticleVersionRow {
  return {
    ...row,
    version: Number(row.version),
    createdAt: Number(row.createdAt),
    validFrom: numberOrNull(row.validFrom),
    validUntil: numberOrNull(row.validUntil),
    reviewedAt: numberOrNull(row.reviewedAt),
    publishedAt: numberOrNull(row.publishedAt),
    retiredAt: numberOrNull(row.retiredAt),
  }
}

const numberOrNull = (value: number | null): number | null => (value === null ? null : Number(value))

export async function findArticle(reader: Reader, id: string): Promise<ArticleRow | null> {
  const [row] = await reader.query<ArticleRow>('SELECT * FROM article WHERE id = ?', [id])
  return row ? articleOf(row) : null
}

export async function lockArticle(tx: Tx, id: string): Promise<ArticleRow | null> {
  const [row] = await tx.query<ArticleRow>(`SELECT * FROM article WHERE id = ?${tx.forUpdate}`, [id])
  return row ? articleOf(row) : null
}

export async function insertArticle(tx: Tx, row: ArticleRow): Promise<void> {
  await tx.insert(articleTable, row)
}

/** Writes what changed; the revision rises, and so does the time by which other processes find it. */
export async function updateArticle(
  tx: Tx,
  row: ArticleRow,
  changes: Partial<ArticleRow>,
  now: number,
): Promise<ArticleRow> {
  const changed: ArticleRow = {
    ...row,
    ...changes,
    revision: row.revision + 1,
    updatedAt: Math.max(now, row.updatedAt + 1),
  }
  const names = articleTable.columnNames.filter((name) => name !== 'id') as (keyof ArticleRow)[]
  const matched = await tx.execute(
    `UPDATE article SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ? AND revision = ?`,
    [...names.map((name) => changed[name]), row.id, row.revision],
  )
  if (matched !== 1) throw new AppError('article_changed')
  return changed
}

export async function versionsOf(reader: Reader, articleId: string): Promise<ArticleVersionRow[]> {
  const rows = await reader.query<ArticleVersionRow>(
    'SELECT * FROM article_version WHERE articleId = ? ORDER BY version DESC LIMIT 50',
    [articleId],
  )
  return rows.map(versionOf)
}

export async function findVersion(
  reader: Reader,
  articleId: string,
  version: number,
): Promise<ArticleVersionRow | null> {
  const [row] = await reader.query<ArticleVersionRow>(
    'SELECT * FROM article_version WHERE articleId = ? AND version = ?',
    [articleId, version],
  )
  return row ? versionOf(row) : null
}

export async function insertVersion(tx: Tx, row: ArticleVersionRow): Promise<void> {
  await tx.insert(articleVersionTable, row)
}

/** What a version said is written over only while nobody has published it. */
export async function rewriteDraft(tx: Tx, row: ArticleVersionRow): Promise<void> {
  const names = articleVersionTable.columnNames.filter(
    (name) => name !== 'articleId' && name !== 'version',
  ) as (keyof ArticleVersionRow)[]
  const matched = await tx.execute(
    `UPDATE article_version SET ${names.map((name) => `${name} = ?`).join(', ')}
      WHERE articleId = ? AND version = ? AND publishedAt IS NULL`,
    [...names.map((name) => row[name]), row.articleId, row.version],
  )
  if (matched !== 1) throw new AppError('article_changed')
}

/** Of a published version nothing changes but when it was taken away, and why. */
export async function retireVersion(
  tx: Tx,
  of: { readonly articleId: string; readonly version: number },
  now: number,
  because: string | null,
): Promise<void> {
  await tx.execute(
    'UPDATE article_version SET retiredAt = ?, retiredBecause = ? WHERE articleId = ? AND version = ?',
    [now, because, of.articleId, of.version],
  )
}

/** An article that is published, with what it says. */
export interface LiveRow extends Omit<ArticleRow, 'title'> {
  readonly title: string
  readonly body: string
  readonly questions: string
  readonly live: string
  readonly files: string
  readonly publishedAt: number
}

const LIVE = `SELECT a.*, v.title, v.body, v.questions, v.live, v.files, v.publishedAt FROM article a
  JOIN article_version v ON v.articleId = a.id AND v.version = a.liveVersion`

/** A reader knows an article by its published version alone, whatever is being written. */
function liveOf(row: LiveRow): LiveRow {
  return { ...row, ...articleOf(row), title: row.title, publishedAt: Number(row.publishedAt) }
}

export async function liveByIds(reader: Reader, ids: readonly string[]): Promise<Map<string, LiveRow>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.query<LiveRow>(`${LIVE} WHERE a.id IN (${placeholders(ids.length)})`, ids)
  return new Map(rows.map((row) => [row.id, liveOf(row)]))
}

export interface ChangedArticle {
  readonly id: string
  readonly companyId: string
  readonly revision: number
  readonly updatedAt: number
  readonly liveVersion: number | null
}

/** What changed after this place, oldest change first; by `article_changed`. */
export async function changedArticles(
  reader: Reader,
  from: { readonly at: number; readonly id: string },
  limit: number,
): Promise<ChangedArticle[]> {
  const rows = await reader.query<ChangedArticle>(
    `SELECT id, companyId, revision, updatedAt, liveVersion FROM article
      WHERE updatedAt >= ? AND (updatedAt > ? OR id > ?) ORDER BY updatedAt, id LIMIT ${limit}`,
    [from.at, from.at, from.id],
  )
  return rows.map((row) => ({
    ...row,
    revision: Number(row.revision),
    updatedAt: Number(row.updatedAt),
    liveVersion: numberOrNull(row.liveVersion),
  }))
}

export interface ArticleFilter {
  /** Null is every company. */
  readonly companies: readonly string[] | null
  readonly state: ArticleState | null
  readonly kind: string | null
  readonly typeId: string | null
  /** Published ones whose review day is not after this. */
  readonly dueBy: number | null
  readonly after: { readonly at: number; readonly id: string } | null
  readonly limit: number
}

/** Articles, newest change first. */
export async function articlePage(reader: Reader, filter: ArticleFilter): Promise<ArticleRow[]> {
  const where: string[] = ['1 = 1']
  const params: SqlValue[] = []
  const add = (sql: string, ...values: SqlValue[]): void => {
    where.push(sql)
    params.push(...values)
  }
  const { companies, after } = filter
  if (companies?.length === 0) return []
  if (companies !== null) add(`companyId IN (${placeholders(companies.length)})`, ...companies)
  if (filter.state !== null) add('state = ?', filter.state)
  if (filter.kind !== null) add('kind = ?', filter.kind)
  // Ids of types hold neither of LIKE's two wildcards.
  if (filter.typeId !== null) add('typeIds LIKE ?', `%,${filter.typeId},%`)
  if (filter.dueBy !== null) add('liveVersion IS NOT NULL AND reviewAt <= ?', filter.dueBy)
  if (after !== null) add('updatedAt <= ? AND (updatedAt < ? OR id < ?)', after.at, after.at, after.id)
  const rows = await reader.query<ArticleRow>(
    `SELECT * FROM article WHERE ${where.join(' AND ')} ORDER BY updatedAt DESC, id DESC LIMIT ${filter.limit}`,
    params,
  )
  return rows.map(articleOf)
}

/** Articles of a company that are called one of these and are not taken away. */
export async function articlesCalled(
  reader: Reader,
  companyId: string,
  titles: readonly string[],
): Promise<Set<string>> {
  if (titles.length === 0) return new Set()
  const rows = await reader.query<{ title: string }>(
    `SELECT title FROM article WHERE companyId = ? AND state IN ('draft','review','published')
      AND title IN (${placeholders(titles.length)})`,
    [companyId, ...titles],
  )
  return new Set(rows.map(({ title }) => title))
}

export async function hasArticles(reader: Reader, companyId: string): Promise<boolean> {
  const rows = await reader.query('SELECT id FROM article WHERE companyId = ? LIMIT 1', [companyId])
  return rows.length > 0
}

/** Published articles whose review day has come and whose owner was not told. */
export async function dueUntold(reader: Reader, now: number, limit: number): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM article WHERE state IN ('published','draft','review') AND reviewAt <= ?
      AND reviewToldAt IS NULL AND liveVersion IS NOT NULL ORDER BY reviewAt, id LIMIT ${limit}`,
    [now],
  )
  return rows.map(({ id }) => id)
}

/** The files that any version of the article has. */
export async function articleFiles(reader: Reader, articleId: string): Promise<ReadonlySet<string>> {
  const rows = await reader.query<{ files: string }>(
    "SELECT files FROM article_version WHERE articleId = ? AND files <> '[]'",
    [articleId],
  )
  return new Set(rows.flatMap(({ files }) => JSON.parse(files) as string[]))
}

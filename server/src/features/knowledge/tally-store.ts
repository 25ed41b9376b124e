import { isDuplicate, placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'
import {
  type ArticleDayRow,
  articleDayTable,
  articleReaderTable,
  articleVoteTable,
  type ArticleVoteRow,
  searchMissTable,
} from './entities'

/** Counts of who read what, what helped and what was looked for in vain. */

export type DayCounts = Pick<ArticleDayRow, 'articleId' | 'day' | 'audience'> &
  Partial<Pick<ArticleDayRow, 'timesRead' | 'helpful' | 'unhelpful'>>

export async function addToDay(tx: Tx, counts: DayCounts): Promise<void> {
  const { articleId, day, audience, timesRead = 0, helpful = 0, unhelpful = 0 } = counts
  const add = (): Promise<number> =>
    tx.execute(
      `UPDATE article_day SET timesRead = timesRead + ?, helpful = helpful + ?, unhelpful = unhelpful + ?
        WHERE articleId = ? AND day = ? AND audience = ?`,
      [timesRead, helpful, unhelpful, articleId, day, audience],
    )
  if ((await add()) > 0) return
  try {
    await tx.insert(articleDayTable, { articleId, day, audience, timesRead, helpful, unhelpful })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    await add()
  }
}

/** Stands where a company would: nothing was found at any of them. No company can be called so. */
export const EVERYWHERE = '*'

/** Another word is counted anew only while the day has few, so that nobody fills the table with nonsense. */
const MISSES_A_DAY = 1000

export async function addMiss(
  tx: Tx,
  miss: { readonly companyId: string; readonly day: string; readonly words: string },
  times: number,
  now: number,
): Promise<void> {
  const { companyId, day, words } = miss
  const add = (): Promise<number> =>
    tx.execute(
      'UPDATE search_miss SET count = count + ?, lastAt = ? WHERE companyId = ? AND day = ? AND words = ?',
      [times, now, companyId, day, words],
    )
  if ((await add()) > 0) return
  const [known] = await tx.query<{ distinctWords: number }>(
    'SELECT COUNT(*) AS distinctWords FROM search_miss WHERE companyId = ? AND day = ?',
    [companyId, day],
  )
  if (Number(known?.distinctWords ?? 0) >= MISSES_A_DAY) return
  try {
    await tx.insert(searchMissTable, { ...miss, count: times, lastAt: now })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    await add()
  }
}

export interface ReadCounts {
  readonly reads: number
  readonly staffReads: number
  readonly helpful: number
  readonly unhelpful: number
}

const SUMS = `SUM(CASE WHEN d.audience = 'resident' THEN d.timesRead ELSE 0 END) AS residentReads,
  SUM(CASE WHEN d.audience = 'staff' THEN d.timesRead ELSE 0 END) AS staffReads,
  SUM(d.helpful) AS helpful, SUM(d.unhelpful) AS unhelpful`

interface SumsRow {
  readonly id: string
  readonly title: string
  readonly residentReads: number
  readonly staffReads: number
  readonly helpful: number
  readonly unhelpful: number
}

const countsOf = (row: SumsRow): ReadCounts => ({
  reads: Number(row.residentReads),
  staffReads: Number(row.staffReads),
  helpful: Number(row.helpful),
  unhelpful: Number(row.unhelpful),
})

/** Of these articles since a day, by id. */
export async function readCounts(
  reader: Reader,
  articleIds: readonly string[],
  since: string,
): Promise<Map<string, ReadCounts>> {
  if (articleIds.length === 0) return new Map()
  const rows = await reader.query<SumsRow>(
    `SELECT d.articleId AS id, '' AS title, ${SUMS} FROM article_day d
      WHERE d.articleId IN (${placeholders(articleIds.length)}) AND d.day >= ? GROUP BY d.articleId`,
    [...articleIds, since],
  )
  return new Map(rows.map((row) => [row.id, countsOf(row)]))
}

/** The articles of these companies (null is all) that were read most since a day. */
export async function mostRead(
  reader: Reader,
  companies: readonly string[] | null,
  since: string,
  limit: number,
): Promise<(ReadCounts & { readonly id: string; readonly title: string })[]> {
  const scope = inCompanies(companies, 'a')
  const rows = await reader.query<SumsRow>(
    `SELECT a.id, a.title, ${SUMS} FROM article_day d JOIN article a ON a.id = d.articleId
      WHERE d.day >= ? AND ${scope.sql} GROUP BY a.id, a.title
      ORDER BY SUM(d.timesRead) DESC, a.id LIMIT ${limit}`,
    [since, ...scope.params],
  )
  return rows.map((row) => ({ id: row.id, title: row.title, ...countsOf(row) }))
}

/** Public answers of a company that residents read most since a day; where few were read, the newest fill up. */
export async function mostAsked(
  reader: Reader,
  asked: { readonly companyId: string; readonly since: string; readonly now: number; readonly limit: number },
): Promise<{ id: string; title: string }[]> {
  return reader.query(
    `SELECT a.id, v.title FROM article a
      JOIN article_version v ON v.articleId = a.id AND v.version = a.liveVersion
      LEFT JOIN (SELECT articleId, SUM(timesRead) AS times FROM article_day
        WHERE day >= ? AND audience = 'resident' GROUP BY articleId) d ON d.articleId = a.id
      WHERE a.companyId = ? AND a.state IN ('published','draft','review') AND a.audience = 'public'
        AND (a.validFrom IS NULL OR a.validFrom <= ?) AND (a.validUntil IS NULL OR a.validUntil > ?)
      ORDER BY COALESCE(d.times, 0) DESC, a.id LIMIT ${asked.limit}`,
    [asked.since, asked.companyId, asked.now, asked.now],
  )
}

/** What was looked for in vain at these companies (null is all), and everywhere at once. */
export async function missesSince(
  reader: Reader,
  companies: readonly string[] | null,
  since: string,
  limit: number,
): Promise<{ words: string; count: number; lastAt: number }[]> {
  const scope = inCompanies(companies === null ? null : [...companies, EVERYWHERE], 'm')
  const rows = await reader.query<{ words: string; times: number; lastAt: number }>(
    `SELECT m.words, SUM(m.count) AS times, MAX(m.lastAt) AS lastAt FROM search_miss m
      WHERE m.day >= ? AND ${scope.sql} GROUP BY m.words ORDER BY times DESC, lastAt DESC LIMIT ${limit}`,
    [since, ...scope.params],
  )
  return rows.map(({ words, times, lastAt }) => ({ words, count: Number(times), lastAt: Number(lastAt) }))
}

export interface RemarkRow {
  readonly articleId: string
  readonly title: string
  readonly helpful: number
  readonly wordsSealed: string
  readonly at: number
}

export async function remarksSince(
  reader: Reader,
  companies: readonly string[] | null,
  since: number,
  limit: number,
): Promise<RemarkRow[]> {
  const scope = inCompanies(companies, 'a')
  return reader.query<RemarkRow>(
    `SELECT o.articleId, a.title, o.helpful, o.wordsSealed, o.at FROM article_vote o
      JOIN article a ON a.id = o.articleId
      WHERE o.at >= ? AND o.wordsSealed IS NOT NULL AND ${scope.sql} ORDER BY o.at DESC LIMIT ${limit}`,
    [since, ...scope.params],
  )
}

function inCompanies(
  companies: readonly string[] | null,
  alias: string,
): { sql: string; params: SqlValue[] } {
  if (companies === null) return { sql: '1 = 1', params: [] }
  if (companies.length === 0) return { sql: '1 = 0', params: [] }
  return { sql: `${alias}.companyId IN (${placeholders(companies.length)})`, params: [...companies] }
}

export async function findVote(
  reader: Reader,
  articleId: string,
  voters: readonly string[],
): Promise<ArticleVoteRow | null> {
  if (voters.length === 0) return null
  const [row] = await reader.query<ArticleVoteRow>(
    `SELECT * FROM article_vote WHERE articleId = ? AND voter IN (${placeholders(voters.length)}) ORDER BY at DESC LIMIT 1`,
    [articleId, ...voters],
  )
  return row ?? null
}

export async function keepVote(tx: Tx, row: ArticleVoteRow): Promise<void> {
  const matched = await tx.execute(
    'UPDATE article_vote SET helpful = ?, wordsSealed = ?, at = ? WHERE articleId = ? AND voter = ?',
    [row.helpful, row.wordsSealed, row.at, row.articleId, row.voter],
  )
  if (matched === 0) await tx.insert(articleVoteTable, row)
}

export interface ReaderRow {
  readonly staffId: string
  readonly version: number
  readonly lastAt: number
}

export async function readersOf(reader: Reader, articleId: string): Promise<ReaderRow[]> {
  const rows = await reader.query<ReaderRow>(
    'SELECT staffId, version, lastAt FROM article_reader WHERE articleId = ? ORDER BY lastAt DESC LIMIT 1000',
    [articleId],
  )
  return rows.map((row) => ({ ...row, version: Number(row.version), lastAt: Number(row.lastAt) }))
}

/** True when this is news: a first look, or the first at this version. */
export async function keepReader(
  tx: Tx,
  read: { readonly articleId: string; readonly staffId: string; readonly version: number },
  now: number,
): Promise<void> {
  const { articleId, staffId, version } = read
  const matched = await tx.execute(
    'UPDATE article_reader SET version = ?, lastAt = ? WHERE articleId = ? AND staffId = ?',
    [version, now, articleId, staffId],
  )
  if (matched > 0) return
  try {
    await tx.insert(articleReaderTable, { ...read, firstAt: now, lastAt: now })
  } catch (error) {
    // The same person has two pages open.
    if (!isDuplicate(error)) throw error
  }
}

const FORGET_BATCH = 500

/** Deletes counts of days before this one, some at a time; answers how many went. */
export async function forgetDays(tx: Tx, before: string): Promise<number> {
  const days = await tx.query<ArticleDayRow>(
    `SELECT articleId, day, audience FROM article_day WHERE day < ? ORDER BY day LIMIT ${FORGET_BATCH}`,
    [before],
  )
  for (const { articleId, day, audience } of days)
    await tx.execute('DELETE FROM article_day WHERE articleId = ? AND day = ? AND audience = ?', [
      articleId,
      day,
      audience,
    ])
  const misses = await tx.query<{ companyId: string; day: string; words: string }>(
    `SELECT companyId, day, words FROM search_miss WHERE day < ? ORDER BY day LIMIT ${FORGET_BATCH}`,
    [before],
  )
  for (const { companyId, day, words } of misses)
    await tx.execute('DELETE FROM search_miss WHERE companyId = ? AND day = ? AND words = ?', [
      companyId,
      day,
      words,
    ])
  return days.length + misses.length
}

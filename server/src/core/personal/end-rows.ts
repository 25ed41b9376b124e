import type { CoreCtx } from '../context'
import { inTransaction, type SqlValue } from '../db/database'
import { columnsIn, type Declared, type Keys } from './declare'
import { pageOf, type Register, type Row, thoseRows, type Where, whereOf } from './person-rows'

const BATCH_ROWS = 200

export interface Ended {
  readonly table: string
  /** Rows deleted or emptied. */
  readonly ended: number
  /** Rows that stay as they are for now, and why. */
  readonly kept: number
  readonly why: string
}

/** What stands in these columns from now on; sealed ones are sealed anew, others are null where that is allowed. */
export function blanksOf(ctx: CoreCtx, declared: Declared, columns: string): Map<string, SqlValue> {
  const sealed = new Set(columnsIn(declared.sealed).map(({ column }) => column))
  const options = declared.table.schema.options.columns
  return new Map(
    columnsIn(columns).map(({ column, text }): [string, SqlValue] => {
      const option = options[column]
      if (option === undefined) throw new Error(`${declared.table.name} has no column ${column}.`)
      if (text === '' && option.nullable === true) return [column, null]
      if (sealed.has(column)) return [column, ctx.vault.seal(text)]
      if (option.type === 'varchar' || option.type === 'text') return [column, text]
      return [column, text === '' ? 0 : Number(text)]
    }),
  )
}

/** Empties the columns of these rows, or deletes them when there are none to empty. */
async function change(
  ctx: CoreCtx,
  declared: Declared,
  rows: readonly Row[],
  columns: string | null,
): Promise<void> {
  const those = thoseRows(declared.table, rows)
  await inTransaction(ctx, async (tx) => {
    if (columns === null) {
      await tx.execute(`DELETE FROM ${declared.table.name} WHERE ${those.sql}`, those.params)
      return
    }
    const blanks = blanksOf(ctx, declared, columns)
    const sets = [...blanks.keys()].map((column) => `${column} = ?`).join(', ')
    await tx.execute(`UPDATE ${declared.table.name} SET ${sets} WHERE ${those.sql}`, [
      ...blanks.values(),
      ...those.params,
    ])
  })
}

/** Deletes or empties all rows of `where`, in small transactions; answers how many. Safe to run again. */
export async function changeAll(
  ctx: CoreCtx,
  declared: Declared,
  of: {
    readonly where: Where
    readonly columns: string | null
    readonly most?: number
    readonly stopping?: AbortSignal
  },
): Promise<number> {
  let changed = 0
  let after: Row | null = null
  while (of.stopping?.aborted !== true && changed < (of.most ?? Infinity)) {
    const rows: Row[] = await pageOf(ctx.db.reader, declared.table, {
      where: of.where,
      after,
      limit: BATCH_ROWS,
    })
    if (rows.length > 0) await change(ctx, declared, rows, of.columns)
    changed += rows.length
    if (rows.length < BATCH_ROWS) break
    after = rows.at(-1) ?? null
  }
  return changed
}

/** Ends what one table holds of a person, as it declares. */
export async function endRows(
  ctx: CoreCtx,
  register: Register,
  declared: Declared,
  keys: Keys,
  stopping?: AbortSignal,
): Promise<Ended | null> {
  const { end, table } = declared
  const where = whereOf(register, declared, keys, true)
  if (where === null) return null
  if (end.act === 'keep') {
    const kept = await countUpTo(ctx, declared, where)
    return kept === 0 ? null : { table: table.name, ended: 0, kept, why: end.why }
  }
  if (end.act === 'own') return null
  const unless = end.act === 'blank' ? end.unless : undefined
  const due = unless === undefined ? where : { ...where, sql: `${where.sql} AND NOT (${unless.where})` }
  const columns = end.act === 'blank' ? end.columns : null
  const ended = await changeAll(ctx, declared, { where: due, columns, ...(stopping ? { stopping } : {}) })
  const kept =
    unless === undefined
      ? 0
      : await countUpTo(ctx, declared, { ...where, sql: `${where.sql} AND (${unless.where})` })
  if (ended + kept === 0) return null
  return {
    table: table.name,
    ended,
    kept,
    why: unless !== undefined && kept > 0 ? unless.why : (end.why ?? ''),
  }
}

const COUNT_MOST = 10_000

/** How many rows, counted no further than anybody reads. */
export async function countUpTo(ctx: CoreCtx, declared: Declared, where: Where): Promise<number> {
  const [row] = await ctx.db.reader.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM ${declared.table.name} WHERE ${where.sql} LIMIT ${COUNT_MOST}) AS counted`,
    where.params,
  )
  return Number(row?.n ?? 0)
}

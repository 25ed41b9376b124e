import { shanghaiDateTime } from '../clock'
import type { CoreCtx } from '../context'
import type { SqlValue } from '../db/database'
import { formatYuan } from '../money'
import { columnsIn, type Declared, type Keys, labelOf } from './declare'
import { pageOf, type Register, type Row, whereOf } from './person-rows'

const PAGE_ROWS = 500

/** One line of the copy that a person is given: label → what stands there, opened, in words. */
export type Copied = Readonly<Record<string, string | number | null>>

/** What a person is given a copy of, and what it is called. */
export function copiedColumns(declared: Declared): { column: string; label: string; sealed: boolean }[] {
  return [
    ...columnsIn(declared.shown).map((one) => ({ column: one.column, label: labelOf(one), sealed: false })),
    ...columnsIn(declared.sealed).map((one) => ({ column: one.column, label: labelOf(one), sealed: true })),
  ]
}

/** Pages of what one table holds of a person, the oldest first; memory stays that of one page. */
export async function* copyRows(
  ctx: CoreCtx,
  register: Register,
  declared: Declared,
  keys: Keys,
): AsyncGenerator<readonly Copied[]> {
  const columns = copiedColumns(declared)
  const options = declared.table.schema.options.columns
  const where = whereOf(register, declared, keys, false)
  if (where === null || columns.length === 0) return
  let after: Row | null = null
  for (;;) {
    const rows: Row[] = await pageOf(ctx.db.reader, declared.table, { where, after, limit: PAGE_ROWS })
    if (rows.length > 0)
      yield rows.map((row) =>
        Object.fromEntries(
          columns.map(({ column, label, sealed }) => [
            label,
            inWords(ctx, row[column] ?? null, { column, sealed, isLong: options[column]?.type === 'bigint' }),
          ]),
        ),
      )
    if (rows.length < PAGE_ROWS) return
    after = rows.at(-1) ?? null
  }
}

function inWords(
  ctx: CoreCtx,
  value: SqlValue,
  of: { readonly column: string; readonly sealed: boolean; readonly isLong: boolean },
): string | number | null {
  if (value === null) return null
  if (of.sealed) return String(value) === '' ? '' : ctx.vault.open(String(value))
  if (of.column.endsWith('Fen')) return formatYuan(Number(value))
  if (of.isLong) return shanghaiDateTime(Number(value))
  return typeof value === 'number' ? value : String(value)
}

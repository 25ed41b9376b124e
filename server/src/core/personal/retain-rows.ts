import { DAY_MS, shanghaiDay } from '../clock'
import type { CoreCtx } from '../context'
import { firstIdAt } from '../ids'
import type { Declared } from './declare'
import { changeAll, countUpTo } from './end-rows'
import type { Where } from './person-rows'

/** Rows of one table that one run ends at most; the next run goes on. */
const MOST_ROWS = 5_000

export interface Retained {
  readonly table: string
  /** Too old when the run began, counted up to 10,000. */
  readonly due: number
  /** Of these deleted or emptied by this run. */
  readonly ended: number
  /** Too old, but still needed. */
  readonly kept: number
  /** Why they are kept, or why something is left. */
  readonly why: string
  /** Too old, needed by nobody, and still there. */
  readonly left: number
}

/** Rows whose time is over. `by: 'id'` reads the instant of creation from the id itself, along the primary key. */
export function tooOld(ctx: CoreCtx, declared: Declared): Where | null {
  const { keep } = declared
  if (keep === undefined) return null
  const before = ctx.clock.now() - keep.days(ctx.config) * DAY_MS
  if (keep.by === 'id') return { sql: 'id < ?', params: [firstIdAt(before)] }
  const isDay = declared.table.schema.options.columns[keep.by]?.type === 'varchar'
  return { sql: `${keep.by} < ?`, params: [isDay ? shanghaiDay(before) : before] }
}

/** Ends what is too old in one table, or, where the feature has a job of its own for it, looks whether it did. */
export async function retainRows(
  ctx: CoreCtx,
  declared: Declared,
  stopping?: AbortSignal,
): Promise<Retained | null> {
  const { keep, table } = declared
  const old = tooOld(ctx, declared)
  if (keep === undefined || old === null) return null
  const { unless } = keep
  const free = unless === undefined ? old : { ...old, sql: `${old.sql} AND NOT (${unless.where})` }
  const kept =
    unless === undefined
      ? 0
      : await countUpTo(ctx, declared, { ...old, sql: `${old.sql} AND (${unless.where})` })
  // What was emptied once is as old as before, so it is told by a column that holds no value any more.
  const where =
    keep.act === 'blank' ? { ...free, sql: `${free.sql} AND (${stillFull(declared, keep.columns)})` } : free
  const due = await countUpTo(ctx, declared, where)
  const ended =
    keep.act === 'own' || due === 0
      ? 0
      : await changeAll(ctx, declared, {
          where,
          columns: keep.act === 'blank' ? (keep.columns ?? '') : null,
          most: MOST_ROWS,
          ...(stopping ? { stopping } : {}),
        })
  const left = Math.max(0, due - ended)
  const why = kept > 0 ? (unless?.why ?? '') : left === 0 ? '' : keep.act === 'own' ? LATE : MORE
  return { table: table.name, due, ended, kept, why, left }
}

const LATE = '到期还没有删除：对应的清理任务没有跟上，请查看日志'
const MORE = '一次处理不完，下一次接着处理'

/** The first column that is emptied to null, or to a text of its own, tells whether the row was emptied before. */
function stillFull(declared: Declared, columns: string | undefined): string {
  const [first] = (columns ?? '').split(/\s+/).filter((word) => word !== '')
  const [column = '', text = ''] = (first ?? '').split(':')
  const option = declared.table.schema.options.columns[column]
  if (option?.nullable === true && text === '') return `${column} IS NOT NULL`
  return `${column} <> '${text}'`
}

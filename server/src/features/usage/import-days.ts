import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { parse } from 'csv-parse'
import { shanghaiDay } from '../../core/clock'
import { companyOf } from '../../core/config/companies'
import type { CoreCtx } from '../../core/context'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { withImportLease } from '../billing'
import { idsByAccountNo } from '../households'
import { unitOf } from '../tariffs'
import type { UsageImportRow } from './entities'
import { advanceImport, findImport, finishImport, insertImport } from './import-store'
import { type DayRules, type JudgedDay, judgeDay, type Refusal } from './judge-day'
import { addDays } from './periods'
import { RefusedDays } from './refused-days'
import { type BatchDay, writeDays } from './write-days'

export interface DaysReport {
  readonly file: string
  readonly rows: number
  readonly accepted: number
  /** Days that the file names and says nothing of: they stay unknown. */
  readonly gaps: number
  readonly created: number
  readonly corrected: number
  readonly unchanged: number
  readonly rejected: Readonly<Partial<Record<Refusal, number>>>
  /** The whole file went in before, so nothing was read or written. */
  readonly alreadyImported: boolean
  /** The first record that this run wrote; 2 unless an earlier run was interrupted. */
  readonly resumedAt: number
  readonly refusedPath: string | null
}

interface Options {
  readonly companyId: string
  readonly path: string
  readonly refusedPath?: string
  readonly onProgress?: (rows: number) => void
  readonly batchRows?: number
}

const BATCH_ROWS = 2000
const RECORD_MAX = 4096

/**
 * Imports what smart meters counted by day: UTF-8 CSV with the columns 户号, 日期, 用量(unit of the company). Streamed;
 * batches are all or nothing; the same file again changes nothing; an import that was killed goes on where it stopped;
 * another file's figure for a day that is known corrects it. Errors: invalid_input for a file that is not this
 * company's, busy when another import never ends.
 */
export async function importDays(ctx: CoreCtx, options: Options): Promise<DaysReport> {
  const company = companyOf(ctx, options.companyId)
  const today = shanghaiDay(ctx.clock.now())
  const rules: DayRules = {
    accountNoLength: company.accountNo.length,
    today,
    keptFrom: addDays(today, -ctx.config.usage.daysKept),
  }
  const fileSha = await digestOf(options.path)
  return withImportLease(ctx, company.id, async (prolong) => {
    const run = await openRun(ctx, company.id, fileSha, basename(options.path).slice(0, 160))
    if (run.state === 'done') return alreadyIn(run)
    const reading = new Reading(ctx, run, options, prolong, {
      rules,
      header: ['户号', '日期', `用量(${unitOf(company)})`],
    })
    return reading.readThrough()
  })
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}

async function openRun(
  ctx: CoreCtx,
  companyId: string,
  fileSha: string,
  fileName: string,
): Promise<UsageImportRow> {
  return inTransaction(ctx, async (tx) => {
    const known = await findImport(tx, companyId, fileSha)
    if (known !== null) return known
    const row: UsageImportRow = {
      id: ctx.ids.next(),
      companyId,
      fileSha,
      fileName,
      state: 'running',
      nextRecord: 2,
      created: 0,
      corrected: 0,
      unchanged: 0,
      startedAt: ctx.clock.now(),
      finishedAt: null,
    }
    await insertImport(tx, row)
    return row
  })
}

function alreadyIn(run: UsageImportRow): DaysReport {
  const counts = { rows: 0, accepted: 0, gaps: 0, created: 0, corrected: 0, unchanged: 0 }
  return {
    file: run.fileName,
    ...counts,
    rejected: {},
    alreadyImported: true,
    resumedAt: run.nextRecord,
    refusedPath: null,
  }
}

/** One file on its way into the database. */
class Reading {
  readonly #ctx: CoreCtx
  readonly #options: Options
  readonly #prolong: (tx: Tx) => Promise<void>
  readonly #rules: DayRules
  readonly #header: readonly string[]
  readonly #refused: RefusedDays
  readonly #resumedAt: number
  #run: UsageImportRow
  #rows = 0
  #accepted = 0
  #gaps = 0
  #rejected: Partial<Record<Refusal, number>> = {}

  constructor(
    ctx: CoreCtx,
    run: UsageImportRow,
    options: Options,
    prolong: (tx: Tx) => Promise<void>,
    file: { readonly rules: DayRules; readonly header: readonly string[] },
  ) {
    this.#ctx = ctx
    this.#run = run
    this.#resumedAt = run.nextRecord
    this.#options = options
    this.#prolong = prolong
    this.#rules = file.rules
    this.#header = file.header
    this.#refused = new RefusedDays(options.refusedPath ?? null, file.header)
  }

  async readThrough(): Promise<DaysReport> {
    const most = this.#options.batchRows ?? BATCH_ROWS
    let batch: Line[] = []
    let record = 0
    try {
      for await (const cells of recordsOf(this.#options.path)) {
        record += 1
        if (record === 1) {
          assertHeader(cells, this.#header)
          continue
        }
        batch.push({ record, cells })
        if (batch.length < most) continue
        await this.#take(batch)
        batch = []
      }
      if (record === 0) assertHeader([], this.#header)
      await this.#take(batch)
      const at = this.#ctx.clock.now()
      await inTransaction(this.#ctx, async (tx) => {
        await this.#prolong(tx)
        await finishImport(tx, this.#run.id, at)
      })
      return await this.#report()
    } catch (error) {
      await this.#refused.discard()
      throw error
    }
  }

  async #take(lines: readonly Line[]): Promise<void> {
    const last = lines.at(-1)
    if (last === undefined) return
    const days = await this.#judge(lines)
    this.#rows += lines.length
    this.#accepted += days.length
    if (last.record >= this.#run.nextRecord) await this.#write(days, last.record + 1)
    this.#options.onProgress?.(this.#rows)
  }

  /** Which lines go in; the others are refused with their reason, and gaps are only counted. */
  async #judge(lines: readonly Line[]): Promise<BatchDay[]> {
    const judged: (Line & { readonly day: JudgedDay })[] = []
    for (const line of lines) {
      const day = judgeDay(line.cells, this.#rules)
      if (day === null) this.#gaps += 1
      else if (typeof day === 'string') await this.#refuse(line, day)
      else judged.push({ ...line, day })
    }
    const accounts = [...new Set(judged.map(({ day }) => day.accountNo))]
    const known = await idsByAccountNo(this.#ctx.db.reader, this.#run.companyId, accounts)
    const days = new Map<string, BatchDay>()
    for (const { day, ...line } of judged) {
      const householdId = known.get(day.accountNo)
      const key = `${householdId} ${day.day}`
      const before = days.get(key)
      if (householdId === undefined) await this.#refuse(line, 'account_unknown')
      else if (before !== undefined && before.quantityMilli !== day.quantityMilli)
        await this.#refuse(line, 'contradictory')
      else if (before === undefined)
        days.set(key, {
          record: line.record,
          householdId,
          day: day.day,
          quantityMilli: day.quantityMilli,
        })
    }
    return [...days.values()]
  }

  async #refuse({ record, cells }: Line, reason: Refusal): Promise<void> {
    this.#rejected[reason] = (this.#rejected[reason] ?? 0) + 1
    await this.#refused.add(record, cells, reason)
  }

  async #write(days: readonly BatchDay[], nextRecord: number): Promise<void> {
    const before = this.#run
    this.#run = await inTransaction(this.#ctx, async (tx) => {
      await this.#prolong(tx)
      const fresh = days.filter(({ record }) => record >= before.nextRecord)
      const changes = await writeDays(tx, fresh, this.#ctx.clock.now())
      const after: UsageImportRow = {
        ...before,
        nextRecord,
        created: before.created + changes.created,
        corrected: before.corrected + changes.corrected,
        unchanged: before.unchanged + changes.unchanged,
      }
      if (!(await advanceImport(tx, after, before.nextRecord)))
        throw new Error('the import moved on without us')
      return after
    })
  }

  async #report(): Promise<DaysReport> {
    const { created, corrected, unchanged, fileName } = this.#run
    return {
      file: fileName,
      rows: this.#rows,
      accepted: this.#accepted,
      gaps: this.#gaps,
      created,
      corrected,
      unchanged,
      rejected: this.#rejected,
      alreadyImported: false,
      resumedAt: this.#resumedAt,
      refusedPath: await this.#refused.keep(),
    }
  }
}

interface Line {
  readonly record: number
  readonly cells: readonly string[]
}

async function* recordsOf(path: string): AsyncGenerator<string[]> {
  const records = createReadStream(path).pipe(
    parse({ bom: true, relax_column_count: true, skip_empty_lines: true, max_record_size: RECORD_MAX }),
  )
  try {
    for await (const record of records as AsyncIterable<string[]>) yield record
  } catch (error) {
    throw new AppError('invalid_input', {
      message: `文件读到一半读不下去了：${error instanceof Error ? error.message : String(error)}`,
    })
  }
}

function assertHeader(cells: readonly string[], header: readonly string[]): void {
  const plain = (text: string): string => text.trim().replaceAll('（', '(').replaceAll('）', ')')
  if (header.every((name, index) => plain(cells[index] ?? '') === name)) return
  throw new AppError('invalid_input', { message: `第一行要是：${header.join(',')}` })
}

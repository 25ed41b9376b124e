import { companyOf, type CompanyConfig } from '../../core/config/companies'
import { basename } from 'node:path'
import type { CoreCtx } from '../../core/context'
import { inTransaction, type Tx } from '../../core/db/database'
import { inputHash } from '../../core/ids'
import { type AreaCache } from '../households'
import { packsOfCompany, periodDay, stepsOn, tariffOn } from '../tariffs'
import type { ImportRunRow } from './entities'
import { inspectFile } from './import/inspect-file'
import { type JudgedFile, judgeFile } from './import/judge-file'
import type { AcceptedRecord } from './import/judge-record'
import { layoutById } from './import/layouts'
import type { ImportRules, Layout, PeriodPrices } from './import/layouts/types'
import { withImportLease } from './import/lease'
import { openRefusedFile } from './import/refused-file'
import { advanceRun, findRun, finishRun, insertRun } from './import/run-store'
import type { ImportReport } from './import/tally'
import { type BatchChanges, writeBatch } from './import/write-batch'

export interface ImportProgress {
  readonly file: string
  readonly rows: number
  readonly accepted: number
  readonly refused: number
  readonly rowsPerSecond: number
}
export interface ImportOptions {
  readonly companyId: string
  readonly path: string
  /** Called after each batch and at the end. */
  readonly onProgress?: (progress: ImportProgress) => void
  /** Where to write the refused records as a CSV; no file is made when nothing is refused. */
  readonly refusedPath?: string
  readonly batchRows?: number
}
export interface ImportResult {
  readonly report: ImportReport
  readonly changes: BatchChanges
  /** The whole file went in under these rules before, so nothing was read or written. */
  readonly alreadyImported: boolean
  /** The first record that this run wrote; 2 unless an earlier run was interrupted. */
  readonly resumedAt: number
  /** Null when nothing was refused or no path was given. */
  readonly refusedPath: string | null
}

/** Also the most: 22 columns of a thousand bills are what SQLite binds in one statement, with some room. */
const BATCH_ROWS = 1000
type Prolong = (tx: Tx) => Promise<void>

/**
 * Imports one export of one company. Batches of 1000 are all or nothing; an import that was killed goes on where it
 * stopped; the same file again changes nothing; two imports for one company run one after the other. Errors:
 * invalid_input for a file that is not this company's or cannot be read on, busy when another import never ends.
 */
export async function importBills(ctx: CoreCtx, options: ImportOptions): Promise<ImportResult> {
  const company = companyOf(ctx, options.companyId)
  const layout = layoutById(company.import.layout)
  if (layout === null)
    throw new Error(`company ${company.id} names the unknown layout ${company.import.layout}`)
  const rules = rulesOf(company)
  const inspection = await inspectFile(options.path)
  const key = {
    companyId: company.id,
    fileSha: inspection.sha256,
    rulesSha: rulesDigest(company, layout),
  }
  return withImportLease(ctx, company.id, async (prolong) => {
    const run = await inTransaction(ctx, (tx) => openRun(tx, ctx, key, basename(options.path)))
    if (run.state === 'done' && run.report !== null) return finished(run, options)
    const file = await judgeFile(options.path, inspection, layout, rules)
    return readThrough(ctx, company, run, file, options, prolong)
  })
}

/** Each period is compared with the list that held in it, and a list is looked up once for all records of a period. */
function rulesOf(company: CompanyConfig): ImportRules {
  const known = new Map<string, PeriodPrices>()
  const pricesIn = (period: string): PeriodPrices => {
    const day = periodDay(period)
    const { area, charges, estimate } = tariffOn(company, day).values
    const prices: PeriodPrices = {
      tiers: stepsOn(company, day),
      charges,
      estimatedPrice: estimate?.price ?? null,
      stoppedShare: area?.stoppedShare ?? null,
    }
    known.set(period, prices)
    return prices
  }
  return {
    accountNoLength: company.accountNo.length,
    pricesIn: (period) => known.get(period) ?? pricesIn(period),
  }
}

/** Everything that decides what a record becomes. A file refused under wrong prices goes in once they are right. */
function rulesDigest(company: CompanyConfig, layout: Layout): string {
  const prices = packsOfCompany(company).map(({ validFrom, validUntil, values }) => ({
    validFrom,
    validUntil,
    values,
  }))
  const { kind, accountNo } = company
  return inputHash({ layout: layout.id, version: layout.version, kind, length: accountNo.length, prices })
}

async function openRun(
  tx: Tx,
  ctx: CoreCtx,
  key: Pick<ImportRunRow, 'companyId' | 'fileSha' | 'rulesSha'>,
  fileName: string,
): Promise<ImportRunRow> {
  const known = await findRun(tx, key)
  if (known !== null) return known
  const counters = { created: 0, updated: 0, unchanged: 0, untouched: 0 }
  const run: ImportRunRow = {
    id: ctx.ids.next(),
    ...key,
    fileName: fileName.slice(0, 160),
    state: 'running',
    nextRecord: 2,
    ...counters,
    report: null,
    startedAt: ctx.clock.now(),
    finishedAt: null,
  }
  await insertRun(tx, run)
  return run
}

function finished(run: ImportRunRow, options: ImportOptions): ImportResult {
  // Only finishRun writes this column, and it writes an ImportReport.
  const report = { ...(JSON.parse(run.report ?? '') as ImportReport), file: basename(options.path) }
  const changes = { created: 0, updated: 0, unchanged: report.accepted, untouched: 0 }
  return { report, changes, alreadyImported: true, resumedAt: run.nextRecord, refusedPath: null }
}

/** Judges every record again, which costs little, and writes those that are not in yet, which costs a lot. */
async function readThrough(
  ctx: CoreCtx,
  company: CompanyConfig,
  opened: ImportRunRow,
  file: JudgedFile,
  options: ImportOptions,
  prolong: Prolong,
): Promise<ImportResult> {
  const name = basename(options.path)
  const refused = openRefusedFile(options.refusedPath ?? null, file)
  const writer = new BatchWriter(ctx, company, opened, prolong)
  const startedMs = ctx.clock.now()
  const tell = (): void => {
    const { rows, accepted, refused: refusals } = file.tally.progress
    const seconds = Math.max(1, ctx.clock.now() - startedMs) / 1000
    options.onProgress?.({
      file: name,
      rows,
      accepted,
      refused: refusals,
      rowsPerSecond: Math.round(rows / seconds),
    })
  }
  const batchRows = Math.min(options.batchRows ?? BATCH_ROWS, BATCH_ROWS)
  let batch: AcceptedRecord[] = []
  let next = 2
  try {
    for await (const judged of file.batches) {
      for (const { record, cells, outcome } of judged) {
        next = record + 1
        if (outcome.kind === 'refused') await refused.add(record, cells, outcome.reason)
        if (record >= opened.nextRecord && outcome.kind === 'accepted') batch.push(outcome.accepted)
        if (batch.length < batchRows) continue
        await writer.write(batch, next)
        batch = []
        tell()
      }
    }
    await writer.write(batch, Math.max(next, opened.nextRecord))
    const run = await writer.settle()
    const report = file.tally.report(name)
    await inTransaction(ctx, async (tx) => {
      await prolong(tx)
      await finishRun(tx, run.id, JSON.stringify(report), ctx.clock.now())
    })
    tell()
    const { created, updated, unchanged, untouched } = run
    const changes = { created, updated, unchanged, untouched }
    return {
      report,
      changes,
      alreadyImported: false,
      resumedAt: opened.nextRecord,
      refusedPath: await refused.keep(),
    }
  } catch (error) {
    await writer.settle().catch(() => undefined)
    await refused.discard()
    throw error
  }
}

/**
 * Writes one batch while the next one is being read: parsing is this process's work and inserting mostly the
 * database's. Batches stay in order; an error comes out at the next call.
 */
class BatchWriter {
  #run: ImportRunRow
  #writing: Promise<void> = Promise.resolve()
  readonly #ctx: CoreCtx
  readonly #company: CompanyConfig
  readonly #prolong: Prolong
  readonly #areas: AreaCache = new Map()

  constructor(ctx: CoreCtx, company: CompanyConfig, run: ImportRunRow, prolong: Prolong) {
    this.#ctx = ctx
    this.#company = company
    this.#run = run
    this.#prolong = prolong
  }

  async write(records: readonly AcceptedRecord[], nextRecord: number): Promise<void> {
    await this.#writing
    this.#writing = this.#commit(records, nextRecord)
    // The error is not lost: the next write, or settle, awaits the same promise.
    this.#writing.catch(() => undefined)
  }

  async settle(): Promise<ImportRunRow> {
    await this.#writing
    return this.#run
  }

  async #commit(records: readonly AcceptedRecord[], nextRecord: number): Promise<void> {
    const before = this.#run
    this.#run = await inTransaction(this.#ctx, async (tx) => {
      await this.#prolong(tx)
      const changes = await writeBatch(tx, this.#ctx, this.#company, before, records, this.#areas)
      const after: ImportRunRow = {
        ...before,
        nextRecord,
        created: before.created + changes.created,
        updated: before.updated + changes.updated,
        unchanged: before.unchanged + changes.unchanged,
        untouched: before.untouched + changes.untouched,
      }
      if (!(await advanceRun(tx, after, before.nextRecord)))
        throw new Error('the import run moved on without us')
      return after
    })
  }
}

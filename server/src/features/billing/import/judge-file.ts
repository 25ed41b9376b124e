import { AppError } from '../../../core/errors'
import type { FileInspection } from './inspect-file'
import { bindHeader, judgeRecord, type BoundLayout } from './judge-record'
import type { ImportRules, Layout } from './layouts/types'
import { habitsOf, readRecords, type SourceBatch } from './read-records'
import { type Outcome, Tally } from './tally'

export interface JudgedRecord {
  readonly record: number
  readonly cells: readonly string[]
  readonly outcome: Outcome
}

export interface JudgedFile {
  /** The header as it stands in the file. */
  readonly header: readonly string[]
  readonly bound: BoundLayout
  readonly tally: Tally
  /** Every record after the header, in order and in batches; each is judged and counted when it is taken out. */
  readonly batches: AsyncGenerator<Iterable<JudgedRecord>>
}

const HEADER_RECORD = 1

/**
 * Reads a whole file under one company's rules, without a database: the same file and rules always give the same
 * answer, which is what lets an interrupted import go on. Errors: AppError('invalid_input') when the file has no
 * header with the layout's columns.
 */
export async function judgeFile(
  path: string,
  inspection: FileInspection,
  layout: Layout,
  rules: ImportRules,
): Promise<JudgedFile> {
  const source = readRecords(path, inspection)
  const first = await source.next()
  const header = first.done === true ? [] : (first.value.rows[0] ?? [])
  const binding = bindHeader(layout, header)
  if ('missing' in binding) {
    await source.return(undefined)
    throw new AppError('invalid_input', {
      message: `文件里找不到这些列：${binding.missing.join('、')}。请确认选对了公司和文件。`,
      detail: `layout ${layout.id}`,
    })
  }
  const { bound } = binding
  const tally = new Tally()
  const habits = habitsOf(inspection.format)
  function* judged({ first: number, rows }: SourceBatch): Generator<JudgedRecord> {
    for (const [index, cells] of rows.entries()) {
      const record = number + index
      if (record === HEADER_RECORD) continue
      yield { record, cells, outcome: tally.take(record, judgeRecord(bound, cells, rules, habits)) }
    }
  }
  async function* batches(): AsyncGenerator<Iterable<JudgedRecord>> {
    if (first.done !== true) yield judged(first.value)
    for await (const batch of source) yield judged(batch)
  }
  return { header, bound, tally, batches: batches() }
}

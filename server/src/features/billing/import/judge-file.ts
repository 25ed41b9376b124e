import { AppError } from '../../../core/errors'
import type { FileInspection } from './inspect-file'
import { bindHeader, judgeRecord, type BoundLayout } from './judge-record'
import type { ImportRules, Layout } from './layouts/types'
import { habitsOf, readRecords } from './read-records'
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
  /** Every record after the header, in order; the tally has counted it when it comes out. */
  readonly records: AsyncGenerator<JudgedRecord>
}

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
  const header = first.done === true ? [] : first.value.cells
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
  async function* records(): AsyncGenerator<JudgedRecord> {
    for await (const { record, cells } of source) {
      yield { record, cells, outcome: tally.take(record, judgeRecord(bound, cells, rules, habits)) }
    }
  }
  return { header, bound, tally, records: records() }
}

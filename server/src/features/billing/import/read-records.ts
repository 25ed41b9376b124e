import { AppError } from '../../../core/errors'
import type { FileInspection } from './inspect-file'
import type { SourceHabits } from './judge-record'
import { readCsv } from './read-csv'
import { readXlsx } from './read-xlsx'

/** Some records that follow each other in the file; its header is record 1. */
export interface SourceBatch {
  /** The number of the first one. */
  readonly first: number
  readonly rows: readonly (readonly string[])[]
}

/**
 * All records in order, whatever the file's form, and in batches, because handing over each record by itself costs as
 * much as judging it. Errors: AppError('invalid_input') naming the record after which the
 * file could not be read on; what was read before it stands.
 */
export async function* readRecords(path: string, inspection: FileInspection): AsyncGenerator<SourceBatch> {
  let record = 0
  try {
    const batches =
      inspection.format === 'xlsx' ? oneByOne(readXlsx(path)) : readCsv(path, inspection.encoding)
    for await (const rows of batches) {
      const first = record + 1
      record += rows.length
      yield { first, rows }
    }
  } catch (cause) {
    throw new AppError('invalid_input', {
      message: `第 ${record} 条记录之后读不下去了，文件可能不完整或引号没有成对。请检查后再导入一次，会从断开的地方接着导入。`,
      detail: cause instanceof Error ? cause.message : String(cause),
      cause,
    })
  }
}

async function* oneByOne(rows: AsyncIterable<string[]>): AsyncGenerator<string[][]> {
  for await (const row of rows) yield [row]
}

export function habitsOf(format: FileInspection['format']): SourceHabits {
  return { padAccountNo: format === 'xlsx', rowsMayEndEarly: format === 'xlsx' }
}

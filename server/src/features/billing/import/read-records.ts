import { AppError } from '../../../core/errors'
import type { FileInspection } from './inspect-file'
import type { SourceHabits } from './judge-record'
import { readCsv } from './read-csv'
import { readXlsx } from './read-xlsx'

/** One record of the file; the header is record 1. */
export interface SourceRecord {
  readonly record: number
  readonly cells: readonly string[]
}

/**
 * All records in order, whatever the file's form. Errors: AppError('invalid_input') naming the record after which the
 * file could not be read on; what was read before it stands.
 */
export async function* readRecords(path: string, inspection: FileInspection): AsyncGenerator<SourceRecord> {
  let record = 0
  try {
    const records = inspection.format === 'xlsx' ? readXlsx(path) : readCsv(path, inspection.encoding)
    for await (const cells of records) {
      record += 1
      yield { record, cells }
    }
  } catch (cause) {
    throw new AppError('invalid_input', {
      message: `第 ${record} 条记录之后读不下去了，文件可能不完整或引号没有成对。请检查后再导入一次，会从断开的地方接着导入。`,
      detail: cause instanceof Error ? cause.message : String(cause),
      cause,
    })
  }
}

export function habitsOf(format: FileInspection['format']): SourceHabits {
  return { padAccountNo: format === 'xlsx', rowsMayEndEarly: format === 'xlsx' }
}

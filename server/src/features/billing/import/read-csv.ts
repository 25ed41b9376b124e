import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { parse } from 'csv-parse'
import iconv from 'iconv-lite'

/** A record longer than this is a quote that was never closed, and would swallow the rest of the file. */
const MAX_RECORD_BYTES = 256 * 1024

/**
 * The records of a CSV as text fields, in order; line breaks inside quotes belong to their field. Lines with nothing
 * on them are no records. Throws what csv-parse throws when the file cannot be cut into records.
 */
export async function* readCsv(path: string, encoding: 'utf8' | 'gb18030'): AsyncGenerator<string[]> {
  const parser = parse({
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_BYTES,
  })
  // decodeStream takes a byte order mark away by itself. Errors travel along the pipeline to the parser's reader.
  pipeline(
    createReadStream(path, { highWaterMark: 256 * 1024 }),
    iconv.decodeStream(encoding),
    parser,
    () => undefined,
  )
  for await (const record of parser as AsyncIterable<string[]>) yield record
}

import { createReadStream } from 'node:fs'
import { parse, type Parser } from 'csv-parse'
import iconv from 'iconv-lite'

/** A record longer than this is a quote that was never closed, and would swallow the rest of the file. */
const MAX_RECORD_BYTES = 256 * 1024
/** Some four hundred records: enough to make the step from one batch to the next cheap, and little to hold. */
const CHUNK_BYTES = 64 * 1024

/**
 * The records of a CSV as text fields, in order and in batches, one for each piece of the file; line breaks inside
 * quotes belong to their field. Lines with nothing on them are no records. Throws what csv-parse throws when the file
 * cannot be cut into records, after it gave all records before that place.
 */
export async function* readCsv(path: string, encoding: 'utf8' | 'gb18030'): AsyncGenerator<string[][]> {
  let batch: string[][] = []
  const parser = parse({
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_BYTES,
    // Taking the records here keeps them off the parser's object stream, which costs more than the parsing itself.
    on_record: (record: string[]) => {
      batch.push(record)
      return null
    },
  })
  // The error comes out where it is awaited; without a listener it would end the process besides.
  parser.on('error', () => undefined)
  const take = (): string[][] => {
    const taken = batch
    batch = []
    return taken
  }
  const decoder = encoding === 'utf8' ? null : iconv.getDecoder(encoding)
  try {
    for await (const chunk of createReadStream(path, {
      highWaterMark: CHUNK_BYTES,
    }) as AsyncIterable<Buffer>) {
      const failure = await feed(parser, decoder === null ? chunk : decoder.write(chunk))
      if (batch.length > 0) yield take()
      if (failure !== null) throw failure
    }
    const failure = await feed(parser, decoder?.end() ?? '', true)
    if (batch.length > 0) yield take()
    if (failure !== null) throw failure
  } finally {
    parser.destroy()
  }
}

/** Answers the error instead of throwing it, because the records before it are good. */
function feed(parser: Parser, text: Buffer | string, isLast = false): Promise<Error | null> {
  return new Promise((resolve) => {
    const done = (error?: Error | null): void => resolve(error ?? null)
    if (isLast) parser.end(text, done)
    else parser.write(text, done)
  })
}

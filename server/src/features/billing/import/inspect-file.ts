import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { TextDecoder } from 'node:util'

/** What must be known of a file before its first record is read. */
export interface FileInspection {
  readonly sha256: string
  readonly bytes: number
  readonly format: 'xlsx' | 'csv'
  readonly encoding: 'utf8' | 'gb18030'
}

/**
 * One pass over the bytes: their digest, which names the import run, and their kind. A CSV is UTF-8 when all of it is
 * valid UTF-8; a file that begins in ASCII may well turn to GBK later, so looking at its head is not enough.
 */
export async function inspectFile(path: string): Promise<FileInspection> {
  const hash = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  let head = Buffer.alloc(0)
  let isUtf8 = true
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
    if (head.length < 4) head = Buffer.concat([head, chunk.subarray(0, 4)])
    if (isUtf8) isUtf8 = decodes(decoder, chunk)
  }
  if (isUtf8) isUtf8 = decodes(decoder, null)
  const isZip = head.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))
  return {
    sha256: hash.digest('hex'),
    bytes,
    format: isZip ? 'xlsx' : 'csv',
    encoding: isUtf8 ? 'utf8' : 'gb18030',
  }
}

function decodes(decoder: TextDecoder, chunk: Buffer | null): boolean {
  try {
    if (chunk === null) decoder.decode()
    else decoder.decode(chunk, { stream: true })
    return true
  } catch {
    return false
  }
}

import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../core/errors'
import { randomToken, sha256 } from '../../core/ids'
import type { UtilityAnswer, UtilitySystem } from '../utility-system'
import { wireReading, wireReceipt } from './http-utility'

/**
 * A billing system that fetches files: one file per serial, `receipt-<serial>.json` or `reading-<serial>.json`, one JSON
 * line in it. A file appears whole or not at all, and is on the disk before the receipt counts as posted. The reader may move files
 * away into `taken/` beside them; a serial found there counts as posted too.
 */
export function createFileUtility(directory: string): UtilitySystem {
  async function post(what: 'receipt' | 'reading', serial: string, content: object): Promise<UtilityAnswer> {
    const line = `${JSON.stringify(content)}\n`
    const name = fileName(what, serial)
    try {
      await mkdir(directory, { recursive: true })
      const earlier =
        (await readIfThere(join(directory, name))) ?? (await readIfThere(join(directory, 'taken', name)))
      if (earlier !== null) {
        return earlier === line
          ? { state: 'accepted', code: 'OK' }
          : { state: 'refused', code: 'SERIAL_CONFLICT' }
      }
      await writeWhole(directory, name, line)
      return { state: 'accepted', code: 'OK' }
    } catch (error) {
      throw new AppError('platform_unavailable', {
        detail: `${what} file ${name}: ${String(error)}`,
        cause: error,
      })
    }
  }
  return {
    postReceipt: (receipt) =>
      post('receipt', receipt.serial, { companyId: receipt.companyId, ...wireReceipt(receipt) }),
    postReading: (reading) =>
      post('reading', reading.serial, { companyId: reading.companyId, ...wireReading(reading) }),
  }
}

function fileName(what: 'receipt' | 'reading', serial: string): string {
  // Serials are ours and plain; anything else is hashed rather than let near a path.
  const plain = /^[0-9A-Za-z_-]{1,64}$/.test(serial) ? serial : sha256(serial)
  return `${what}-${plain}.json`
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    const file = await open(path, 'r')
    try {
      return await file.readFile('utf8')
    } finally {
      await file.close()
    }
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Written beside, synced, renamed, and the directory synced: after this a power cut cannot lose it. */
async function writeWhole(directory: string, name: string, text: string): Promise<void> {
  const draft = join(directory, `.${name}.${randomToken(6)}`)
  const file = await open(draft, 'wx', 0o640)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, join(directory, name))
  const folder = await open(directory, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

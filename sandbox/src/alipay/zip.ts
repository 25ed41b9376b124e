import { crc32, deflateRawSync } from 'node:zlib'

/** One file of an archive. The name is bytes, because Alipay writes it in GBK without the UTF-8 flag (alipay.md 4). */
export interface ZipEntry {
  name: Buffer
  content: Buffer
}

const VERSION = 20
const DEFLATED = 8

function shared(entry: ZipEntry, packed: Buffer, dosTime: number, dosDate: number): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(VERSION, 0)
  fields.writeUInt16LE(0, 2)
  fields.writeUInt16LE(DEFLATED, 4)
  fields.writeUInt16LE(dosTime, 6)
  fields.writeUInt16LE(dosDate, 8)
  fields.writeUInt32LE(crc32(entry.content), 10)
  fields.writeUInt32LE(packed.length, 14)
  fields.writeUInt32LE(entry.content.length, 18)
  fields.writeUInt16LE(entry.name.length, 22)
  fields.writeUInt16LE(0, 24)
  return fields
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function endRecord(count: number, directorySize: number, directoryStart: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(directorySize, 12)
  end.writeUInt32LE(directoryStart, 16)
  return end
}

/** A ZIP archive of deflated entries; `atMs` becomes their modification time, in China time. */
export function zip(entries: ZipEntry[], atMs: number): Buffer {
  const at = new Date(atMs + 8 * 3_600_000)
  const dosTime = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  const dosDate = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const packed = deflateRawSync(entry.content)
    const fields = shared(entry, packed, dosTime, dosDate)
    const file = Buffer.concat([signature(0x04034b50), fields, entry.name, packed])
    const where = Buffer.alloc(14)
    where.writeUInt32LE(offset, 10)
    directory.push(signature(0x02014b50), Buffer.from([VERSION, 0]), fields, where, entry.name)
    files.push(file)
    offset += file.length
  }
  const directoryBytes = Buffer.concat(directory)
  return Buffer.concat([...files, directoryBytes, endRecord(entries.length, directoryBytes.length, offset)])
}

import { crc32 as nodeCrc32, deflateRawSync } from 'node:zlib'

/** One file of an archive; the name is given as bytes because Alipay writes it in GBK without the UTF-8 flag. */
export interface ZipEntry {
  name: Buffer
  content: Buffer
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, seed) => {
  let value = seed
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})

/** CRC-32 of the ZIP format, written out because zlib.crc32 only exists from Node 20.15 on and 22 on. */
export function crc32(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (value >>> 8) ^ (CRC_TABLE[(value ^ byte) & 0xff] ?? 0)
  return (value ^ 0xffffffff) >>> 0
}

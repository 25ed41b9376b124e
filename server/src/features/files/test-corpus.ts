import { crc32, deflateRawSync, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** What strangers upload, made here: no file of the corpus is kept anywhere. */

export const CANARY = 'YIHU-CANARY-5f0c1d'

/** A picture with enough in it that a wrong turn or a lost half would show. */
export async function photo(
  options: { width?: number; height?: number; format?: 'jpeg' | 'png' | 'webp' } = {},
): Promise<Buffer> {
  const { width = 640, height = 480, format = 'jpeg' } = options
  const half = { width, height: Math.floor(height / 2), channels: 3 as const, background: '#2050c0' }
  return sharp({ create: { width, height, channels: 3, background: '#e04010' } })
    .composite([{ input: await sharp({ create: half }).png().toBuffer(), top: 0, left: 0 }])
    .toFormat(format)
    .toBuffer()
}

/** With a place, words and a colour profile, as phones write them; it lies on its side as they do, too. */
export async function photoWithTraces(): Promise<Buffer> {
  const exif = {
    IFD0: { Copyright: CANARY, ImageDescription: `<script>${CANARY}</script>`, Make: CANARY },
    IFD3: {
      GPSLatitudeRef: 'N',
      GPSLatitude: '43/1 54/1 0/1',
      GPSLongitudeRef: 'E',
      GPSAreaInformation: CANARY,
    },
  }
  return sharp(await photo())
    .withExif(exif)
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- ${CANARY} --></x:xmpmeta>`)
    .withIccProfile('p3')
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}

/** A small file that unpacks into a picture of so many pixels. */
export function pngBomb(width: number, height: number): Buffer {
  const row = Buffer.alloc(Math.ceil(width / 8) + 1)
  const rows = Buffer.concat(Array.from({ length: 64 }, () => row))
  const blocks: Buffer[] = []
  for (let left = height; left > 0; left -= 64) blocks.push(rows.subarray(0, Math.min(left, 64) * row.length))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const idat = deflateSync(Buffer.concat(blocks), { level: 9 })
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', idat),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(data.length, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32Of(body), body.length + 4)
  return chunk
}

/** A PNG with a text chunk that unpacks into a thousand times its size. */
export async function pngTextBomb(): Promise<Buffer> {
  const image = await photo({ format: 'png', width: 64, height: 64 })
  const packed = deflateSync(Buffer.alloc(40_000_000, 65), { level: 9 })
  const text = pngChunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), packed]))
  return Buffer.concat([image.subarray(0, 33), text, image.subarray(33)])
}

/** One stored member of a zip archive. */
export function zip(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(crc32Of(content), 14)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(content.length, 22)
  local.writeUInt16LE(name.length, 26)
  return Buffer.concat([local, Buffer.from(name), packed])
}

const crc32Of = (bytes: Buffer): number => crc32(bytes)

export const svg = Buffer.from(
  `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert('${CANARY}')</script></svg>`,
)
export const html = Buffer.from(`<!doctype html><script>alert('${CANARY}')</script>`)
export const gif = Buffer.from(`GIF89a<script>alert('${CANARY}')</script>`)
export const tiff = Buffer.concat([Buffer.from('II*\0'), Buffer.alloc(64)])
export const pdf = Buffer.from('%PDF-1.7\n1 0 obj <</JS (app.alert(1))>> endobj')

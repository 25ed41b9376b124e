import { open } from 'node:fs/promises'

export type Looks =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'heic'
  | 'gif'
  | 'tiff'
  | 'bmp'
  | 'pdf'
  | 'zip'
  | 'markup'
  | 'mp4'
  | 'unknown'

const HEAD_BYTES = 512

/** What a file looks like by its first bytes: enough to choose words and a loader, never enough to trust it. */
export async function sniff(path: string): Promise<Looks> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(HEAD_BYTES)
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0)
    return looksOf(head.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

function looksOf(head: Buffer): Looks {
  const text = head.toString('latin1')
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp'
  if (text.slice(4, 8) === 'ftyp')
    return /^(hei[cxms]|hev[cxms]|mif1|msf1|avi[fs])/.test(text.slice(8)) ? 'heic' : 'mp4'
  if (text.startsWith('GIF8')) return 'gif'
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return 'tiff'
  if (text.startsWith('BM')) return 'bmp'
  if (text.startsWith('%PDF')) return 'pdf'
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) return 'zip'
  if (/^(\xef\xbb\xbf)?\s*</.test(text)) return 'markup'
  return 'unknown'
}

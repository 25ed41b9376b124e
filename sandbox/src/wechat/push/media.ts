import type { Kernel, Table } from '../../kernel/kernel'

/** A picture that somebody sent or an account uploaded; the platform keeps it for three days (wechat.md 8). */
export interface Media {
  id: string
  /** The account it is at: another one's token does not open it. */
  appid: string
  contentType: string
  base64: string
  at: number
}

const KEPT_MS = 3 * 86_400_000

const media = (kernel: Kernel): Table<Media> => kernel.store.table<Media>('wechat.media')

export function keepMedia(kernel: Kernel, appid: string, contentType: string, bytes: Buffer): Media {
  const row = {
    id: kernel.random.word(64),
    appid,
    contentType,
    base64: bytes.toString('base64'),
    at: kernel.clock.now(),
  }
  media(kernel).put(row.id, row)
  return row
}

/** Undefined for what never was at this account, or is older than three days. */
export function findMedia(kernel: Kernel, appid: string, id: string): Media | undefined {
  const row = media(kernel).get(id)
  return row?.appid === appid && kernel.clock.now() < row.at + KEPT_MS ? row : undefined
}

/** As the phones show it: what stands in a chat stays there. */
export function shownMedia(kernel: Kernel, id: string): Media | undefined {
  return media(kernel).get(id)
}

import type { Output } from '../api/types'

export type Progress = Pick<Output<'files.state'>, 'fileId' | 'state' | 'offset' | 'reason'>

/** The way to the server, handed in so that the order of things can be tested without one. */
export interface FileDoor {
  begin(bytes: number): Promise<Progress & { partBytes: number }>
  send(fileId: string, offset: number, part: Blob): Promise<unknown>
  state(fileId: string): Promise<Progress>
  finish(fileId: string): Promise<Progress>
  wait(ms: number): Promise<void>
}

/** How often a part is tried again before the person is asked, and how long decoding may take. */
const triesPerPart = 3
const looksAtProcessing = 60

/**
 * Sends a file in parts, in order. After a lost answer the server is asked how far it came, and the next part
 * begins there. Gives the last progress: ready, refused with its reason, or still processing.
 */
export async function sendFile(
  door: FileDoor,
  file: Blob,
  onProgress: (share: number, fileId: string) => void,
): Promise<Progress> {
  const { fileId, partBytes, offset } = await door.begin(file.size)
  let at = offset
  let failures = 0
  while (at < file.size) {
    onProgress(at / file.size, fileId)
    try {
      await door.send(fileId, at, file.slice(at, at + partBytes))
      at = Math.min(file.size, at + partBytes)
      failures = 0
    } catch (error) {
      if (++failures >= triesPerPart) throw error
      await door.wait(500 * failures)
      at = (await door.state(fileId)).offset
    }
  }
  onProgress(1, fileId)
  let progress = await door.finish(fileId)
  for (let look = 0; progress.state === 'processing' && look < looksAtProcessing; look++) {
    await door.wait(1000)
    progress = await door.state(fileId)
  }
  return progress
}

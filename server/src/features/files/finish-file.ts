import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { ownFile } from './policy'
import { type Progress, presentProgress } from './present'
import { processFile } from './process-file'
import { receivedBytes } from './upload-folder'

/** The client asks again with files.state after that. */
const WAIT_MS = 3000

/**
 * Says that all bytes were sent. Decoding goes on when the answer is `processing`; a process that dies meanwhile
 * leaves it to the sweep. Errors: `upload_incomplete`, `busy` when the decoders have too much to do.
 */
export async function finishFile(ctx: Ctx, input: { readonly fileId: string }): Promise<Progress> {
  const row = await ownFile(ctx.db.reader, ctx, input.fileId)
  if (row.state === 'ready' || row.state === 'refused') return presentProgress(ctx, row)
  if (row.state === 'receiving') {
    const here = await receivedBytes(ctx, row.id)
    if (here !== row.declaredBytes)
      throw new AppError('upload_incomplete', { detail: `${here} of ${row.declaredBytes} bytes` })
  }
  await atMost(WAIT_MS, processFile(ctx, row.id))
  return presentProgress(ctx, await ownFile(ctx.db.reader, ctx, input.fileId))
}

/** Waits for the work but not longer; what fails later is on the row and in the log. */
async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  work.catch(() => undefined)
  try {
    await Promise.race([work, enough])
  } finally {
    clearTimeout(timer)
  }
}

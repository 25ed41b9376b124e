import type { Core } from '../context'
import { AppError } from '../errors'

/** Nobody waits longer than this: a platform counts five seconds, a resident fewer. */
export async function inTime<T>(core: Core, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('busy', { retryAfterSeconds: 3, detail: 'handler timeout' })),
      core.config.http.handlerTimeoutMs,
    )
  })
  work.catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

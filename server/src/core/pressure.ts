import { monitorEventLoopDelay } from 'node:perf_hooks'
import { AppError } from './errors'

/** Whether this process is so busy that what can wait should, so that callbacks and outage pages do not (security.md 6.3). */
export interface Pressure {
  /** Errors: busy, for reads that somebody can repeat in a moment. */
  assertCalm(): void
}

const LOOK_MS = 1000
const RETRY_SECONDS = 5

/** Busy is when one in a hundred turns of the event loop was later than this, within the last second. */
export function watchPressure(lateMs: number): { readonly pressure: Pressure; close(): void } {
  const delays = monitorEventLoopDelay({ resolution: 20 })
  delays.enable()
  let isHigh = false
  const looking = setInterval(() => {
    isHigh = delays.percentile(99) / 1e6 > lateMs
    delays.reset()
  }, LOOK_MS)
  looking.unref()
  return {
    pressure: {
      assertCalm: () => {
        if (isHigh) throw new AppError('busy', { retryAfterSeconds: RETRY_SECONDS, detail: 'shed' })
      },
    },
    close: () => {
      clearInterval(looking)
      delays.disable()
    },
  }
}

import { ApiError, isOffline, isUnsure, messageOf } from '../api/errors'
import { load, saveCache } from '../platform/storage'

/**
 * What a page shows of something it fetched:
 * `stale` is an earlier answer, with the time it was fetched, shown because the network is gone or, where a page wants
 * that, because our own system has no answer. While it is `refreshing` the question is still under way.
 */
export type Resource<T> =
  | { state: 'loading' }
  | { state: 'ready'; data: T }
  | { state: 'stale'; data: T; savedAt: number; offline: boolean; refreshing?: true }
  | { state: 'failed'; message: string; code: string; offline: boolean }

interface Kept<T> {
  data: T
  savedAt: number
}
/** What was kept under the name `cache`, to be shown while the question is under way; null where nothing was. */
export function kept<T>(cache: string | undefined): Resource<T> | null {
  const found = cache ? load<Kept<T>>(`cache.${cache}`) : null
  return (
    found && { state: 'stale', data: found.data, savedAt: found.savedAt, offline: false, refreshing: true }
  )
}

/**
 * Asks, and keeps the answer under the name `cache`. Where there is none, the kept one serves: always without a
 * network, and with `keptWhenDown` also when the server itself has no answer.
 */
export async function settle<T>(
  fetch: () => Promise<T>,
  cache: string | undefined,
  keptWhenDown: boolean,
): Promise<Resource<T>> {
  try {
    const data = await fetch()
    if (cache) saveCache(`cache.${cache}`, { data, savedAt: Date.now() } satisfies Kept<T>)
    return { state: 'ready', data }
  } catch (error) {
    const offline = isOffline(error)
    const serves = offline || (keptWhenDown && isUnsure(error))
    const last = cache && serves ? load<Kept<T>>(`cache.${cache}`) : null
    if (last) return { state: 'stale', data: last.data, savedAt: last.savedAt, offline }
    return {
      state: 'failed',
      message: messageOf(error),
      code: error instanceof ApiError ? error.code : 'garbled',
      offline,
    }
  }
}

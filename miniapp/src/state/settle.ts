import { ApiError, isOffline, isUnsure, messageOf } from '../api/errors'
import { load, saveCache } from '../platform/storage'

/**
 * What a page shows of something it fetched:
 * `stale` is an earlier answer, with the time it was fetched, shown because the network is gone or, where a page wants
 * that, because our own system has no answer.
 */
export type Resource<T> =
  | { state: 'loading' }
  | { state: 'ready'; data: T }
  | { state: 'stale'; data: T; savedAt: number; offline: boolean }
  | { state: 'failed'; message: string; code: string; offline: boolean }

interface Kept<T> {
  data: T
  savedAt: number
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
    const kept = cache && serves ? load<Kept<T>>(`cache.${cache}`) : null
    if (kept) return { state: 'stale', data: kept.data, savedAt: kept.savedAt, offline }
    return {
      state: 'failed',
      message: messageOf(error),
      code: error instanceof ApiError ? error.code : 'garbled',
      offline,
    }
  }
}

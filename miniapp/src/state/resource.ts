import { useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError, isOffline, messageOf } from '../api/errors'
import { load, save } from '../platform/storage'

/**
 * What a page shows of something it fetched:
 * `stale` is an earlier answer shown because the network is gone, with the time it was fetched.
 */
export type Resource<T> =
  | { state: 'loading' }
  | { state: 'ready'; data: T }
  | { state: 'stale'; data: T; savedAt: number }
  | { state: 'failed'; message: string; code: string; offline: boolean }

interface Kept<T> {
  data: T
  savedAt: number
}
interface Options {
  /** Keep the last answer under this name for when the network is gone. */
  cache?: string
  /** Nothing is fetched while false. */
  enabled?: boolean
  /** Fetch again each time the page comes back into view. */
  onShow?: boolean
}

/** Fetches when `key` changes. An answer that comes after a newer question is dropped. */
export function useResource<T>(key: string, fetch: () => Promise<T>, options: Options = {}) {
  const { cache, enabled = true, onShow = false } = options
  const [resource, setResource] = useState<Resource<T>>({ state: 'loading' })
  const latest = useRef({ question: 0, fetch })
  latest.current.fetch = fetch

  const reload = useCallback(async () => {
    latest.current.question += 1
    const { question } = latest.current
    const result = await settle(latest.current.fetch, cache)
    if (question === latest.current.question) setResource((before) => better(before, result))
  }, [cache])

  useEffect(() => {
    if (!enabled) return
    setResource({ state: 'loading' })
    void reload()
  }, [key, enabled, reload])

  const shown = useRef(false)
  useDidShow(() => {
    // The first show comes with mounting, which fetches already.
    if (shown.current && onShow && enabled) void reload()
    shown.current = true
  })
  return { resource, reload, retry: () => (setResource({ state: 'loading' }), void reload()) }
}

async function settle<T>(fetch: () => Promise<T>, cache: string | undefined): Promise<Resource<T>> {
  try {
    const data = await fetch()
    if (cache) save(`cache.${cache}`, { data, savedAt: Date.now() } satisfies Kept<T>)
    return { state: 'ready', data }
  } catch (error) {
    const kept = cache && isOffline(error) ? load<Kept<T>>(`cache.${cache}`) : null
    if (kept) return { state: 'stale', data: kept.data, savedAt: kept.savedAt }
    return {
      state: 'failed',
      message: messageOf(error),
      code: error instanceof ApiError ? error.code : 'garbled',
      offline: isOffline(error),
    }
  }
}

/** A refresh in the background that fails must not wipe what is already on the screen. */
function better<T>(before: Resource<T>, after: Resource<T>): Resource<T> {
  return after.state === 'failed' && before.state === 'ready' && after.code !== 'sign_in_needed'
    ? before
    : after
}

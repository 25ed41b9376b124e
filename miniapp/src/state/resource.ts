import { useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { tick } from './now'
import { kept, type Resource, settle } from './settle'

export type { Resource } from './settle'

interface Options {
  /** Keep the last answer under this name for when the network is gone. */
  cache?: string
  /** The last answer also serves when the server is there and has none, such as without its database. */
  keptWhenDown?: boolean
  /** Nothing is fetched while false. */
  enabled?: boolean
  /** Fetch again each time the page comes back into view. */
  onShow?: boolean
}

/** Fetches when `key` changes. An answer that comes after a newer question is dropped. */
export function useResource<T>(key: string, fetch: () => Promise<T>, options: Options = {}) {
  const { cache, enabled = true, onShow = false, keptWhenDown = false } = options
  const [answer, setAnswer] = useState<{ key: string; resource: Resource<T> } | null>(null)
  // What was kept is on the screen at once, with its date; whoever may not ask yet is shown nothing of it.
  const first = useMemo<Resource<T>>(
    () => (enabled ? kept<T>(cache) : null) ?? { state: 'loading' },
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- another question begins anew, also under the same name.
    [key, cache, enabled],
  )
  const latest = useRef(fetch)
  const question = useRef(0)
  const answered = useRef(false)
  useEffect(() => {
    latest.current = fetch
  })

  const reload = useCallback(async () => {
    question.current += 1
    const mine = question.current
    const result = await settle(latest.current, cache, keptWhenDown)
    answered.current = true
    tick()
    if (mine !== question.current) return
    setAnswer((before) => ({ key, resource: before?.key === key ? better(before.resource, result) : result }))
  }, [key, cache, keptWhenDown])

  useEffect(() => {
    if (enabled) void reload()
  }, [enabled, reload])

  useDidShow(() => {
    // The show that comes with mounting finds the first question under way. Shows cannot be counted instead: what
    // stands behind the gate mounts only after its page has been shown.
    if (answered.current && onShow && enabled) void reload()
  })
  const retry = () => {
    setAnswer({ key, resource: { state: 'loading' } })
    void reload()
  }
  const resource = answer?.key === key ? answer.resource : first
  return { resource, reload, retry }
}

/** A refresh in the background that fails must not wipe what is already on the screen. */
function better<T>(before: Resource<T>, after: Resource<T>): Resource<T> {
  return after.state === 'failed' && before.state === 'ready' && after.code !== 'sign_in_needed'
    ? before
    : after
}

import { useReachBottom } from '@tarojs/taro'
import { useCallback, useState } from 'react'
import { fail } from '../ui/feedback'
import { useResource } from './resource'

interface PageOf<T> {
  items: T[]
  nextCursor: string | null
}
interface Options {
  cache?: string
  onShow?: boolean
  keptWhenDown?: boolean
  enabled?: boolean
}

/** A list that grows by its cursor as the resident reaches the bottom. The first page is kept for offline use. */
export function usePagesOf<P extends PageOf<unknown>>(
  key: string,
  fetch: (cursor: string | undefined) => Promise<P>,
  options: Options = {},
) {
  const first = useResource(key, () => fetch(undefined), options)
  const base =
    first.resource.state === 'ready' || first.resource.state === 'stale' ? first.resource.data : null
  // Further pages belong to the first page they continue; a fresh first page drops them.
  const [more, setMore] = useState<{ of: P | null; items: P['items']; nextCursor: string | null }>({
    of: null,
    items: [],
    nextCursor: null,
  })
  const [growing, setGrowing] = useState(false)
  const continued = more.of === base && base !== null
  const items: P['items'] = base ? (continued ? [...base.items, ...more.items] : base.items) : []
  const nextCursor = continued ? more.nextCursor : (base?.nextCursor ?? null)

  const grow = useCallback(() => {
    if (growing || nextCursor === null || base === null) return
    setGrowing(true)
    fetch(nextCursor)
      .then((page) =>
        setMore({
          of: base,
          items: [...(continued ? more.items : []), ...page.items],
          nextCursor: page.nextCursor,
        }),
      )
      .catch(fail)
      .finally(() => setGrowing(false))
  }, [growing, nextCursor, base, continued, more.items, fetch])
  useReachBottom(grow)
  return { ...first, items, hasMore: nextCursor !== null, growing, grow }
}

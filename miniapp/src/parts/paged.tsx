import Taro, { usePullDownRefresh } from '@tarojs/taro'
import type { ReactNode } from 'react'
import type { usePagesOf } from '../state/pages-of'
import { Show } from '../ui'
import { More } from './more'

type Pages = ReturnType<typeof usePagesOf>

interface PagedProps {
  pages: Omit<Pages, 'resource' | 'items'> & { resource: Pages['resource']; items: readonly unknown[] }
  bones: readonly number[]
  /** What stands there when there is nothing. */
  empty: ReactNode
  children: ReactNode
}

/** A list in all its states: loading, failed, from earlier, empty, and itself with its end. */
export function Paged({ pages, bones, empty, children }: PagedProps) {
  return (
    <Show resource={pages.resource} bones={bones} onRetry={pages.retry}>
      {() =>
        pages.items.length === 0 ? (
          empty
        ) : (
          <>
            {children}
            <More
              hasMore={pages.hasMore}
              growing={pages.growing}
              count={pages.items.length}
              onMore={pages.grow}
            />
          </>
        )
      }
    </Show>
  )
}

/** Pulling the page down fetches it anew. */
export function usePullToReload(reload: () => Promise<void>): void {
  usePullDownRefresh(() => {
    void reload().finally(() => Taro.stopPullDownRefresh())
  })
}

import { useEffect, useState } from 'react'
import { queryClient, refresh } from '../api/query'
import { createGatherer, type Touched } from './gather'
import { polled, readNews } from './live-news'

export type LiveState = 'connecting' | 'live' | 'polling'

/** News within this time are told together. */
const gatherMs = 300
const pollMs = 5_000
/** A browser tries again by itself after a lost network, but never after an answer that was a refusal. */
const openAgainMs = 10_000

/**
 * Listens to what others change and reads anew what it touches. While there is no connection it asks every five
 * seconds and says so. Null for people whose work has no such news.
 */
export function useLive(may: boolean): LiveState | null {
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => (may ? listen(setState) : undefined), [may])
  usePolling(may && state === 'polling')
  return may ? state : null
}

/** Opens the connection, and opens it again whenever it is closed for good; gives back how to end it. */
function listen(setState: (state: LiveState) => void): () => void {
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let source: EventSource | null = null
  const later = (work: () => void, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, ms)
    timers.add(timer)
  }
  const onNews = createGatherer((flush) => later(flush, gatherMs), readAgain)
  const open = (): void => {
    const opened = new EventSource('/console/live')
    source = opened
    opened.addEventListener('open', () => {
      setState('live')
      // Whatever happened while nobody listened.
      refresh(polled)
    })
    opened.addEventListener('message', (event: MessageEvent) => onNews(readNews(String(event.data))))
    opened.addEventListener('error', () => {
      setState('polling')
      if (opened.readyState === EventSource.CLOSED) later(open, openAgainMs)
    })
  }
  open()
  return () => {
    source?.close()
    for (const timer of timers) clearTimeout(timer)
  }
}

function readAgain({ names, requestIds }: Touched): void {
  refresh(names)
  for (const requestId of requestIds)
    void queryClient.invalidateQueries({ queryKey: ['desk.get', { requestId }] })
}

function usePolling(on: boolean): void {
  useEffect(() => {
    if (!on) return
    const timer = setInterval(() => refresh(polled), pollMs)
    return () => clearInterval(timer)
  }, [on])
}

import { useEffect, useState } from 'react'
import { queryClient, refresh } from '../api/query'
import { polled, readNews, touchedBy } from './live-news'

export type LiveState = 'connecting' | 'live' | 'polling'

/** News within this time are one: a bulk act must not make the page ask fifty times. */
const gatherMs = 300
const pollMs = 5_000

/**
 * Listens to what others change and reads anew what it touches. While there is no connection it asks every five
 * seconds and says so. Null for people whose work has no such news.
 */
export function useLive(may: boolean): LiveState | null {
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => {
    if (!may) return
    const gathered = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | null = null
    const flush = (): void => {
      timer = null
      const names = [...gathered]
      gathered.clear()
      for (const name of names) {
        const id = name.startsWith('request:') ? name.slice('request:'.length) : null
        if (id === null) refresh([name])
        else void queryClient.invalidateQueries({ queryKey: ['desk.get', { requestId: id }] })
      }
    }
    const onNews = (event: MessageEvent): void => {
      const news = readNews(String(event.data))
      for (const name of touchedBy(news.topic)) gathered.add(name)
      gathered.add(news.requestId === null ? 'desk.get' : `request:${news.requestId}`)
      timer ??= setTimeout(flush, gatherMs)
    }
    const source = new EventSource('/console/live')
    source.addEventListener('open', () => {
      setState('live')
      // Whatever happened while nobody listened.
      refresh(polled)
    })
    source.addEventListener('message', onNews)
    source.addEventListener('error', () => setState('polling'))
    return () => {
      source.close()
      if (timer !== null) clearTimeout(timer)
    }
  }, [may])
  usePolling(may && state === 'polling')
  return may ? state : null
}

function usePolling(on: boolean): void {
  useEffect(() => {
    if (!on) return
    const timer = setInterval(() => refresh(polled), pollMs)
    return () => clearInterval(timer)
  }, [on])
}

import { useSyncExternalStore } from 'react'

/** One ticker for the whole page, however many countdowns it has; it rests while nobody looks at one. */
const listeners = new Set<() => void>()
let nowMs = Date.now()
let timer: ReturnType<typeof setInterval> | null = null

const tick = (): void => {
  nowMs = Date.now()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === null) timer = setInterval(tick, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

/** The time, anew each second. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => nowMs)

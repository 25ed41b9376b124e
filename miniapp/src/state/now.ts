import { useEffect } from 'react'
import { create } from 'zustand'

/**
 * The time pages reckon with. It moves when a page is shown and when an answer comes, so that all words on one
 * page ("今天", "已过期 3 天") speak of the same moment.
 */
const useClock = create<{ nowMs: number }>(() => ({ nowMs: Date.now() }))

export const tick = (): void => useClock.setState({ nowMs: Date.now() })
export const useNow = (): number => useClock((clock) => clock.nowMs)

/** Moves the time when the earliest of these moments comes, so that what may be done from then on can be done. */
export function useTickAt(moments: readonly (number | null)[]): void {
  const nowMs = useNow()
  const next = Math.min(...moments.filter((at): at is number => at !== null && at > nowMs))
  useEffect(() => {
    if (!Number.isFinite(next)) return
    const timer = setTimeout(tick, next - Date.now() + 500)
    return () => clearTimeout(timer)
  }, [next])
}

import { create } from 'zustand'

/**
 * The time pages reckon with. It moves when a page is shown and when an answer comes, so that all words on one
 * page ("今天", "已过期 3 天") speak of the same moment.
 */
const useClock = create<{ nowMs: number }>(() => ({ nowMs: Date.now() }))

export const tick = (): void => useClock.setState({ nowMs: Date.now() })
export const useNow = (): number => useClock((clock) => clock.nowMs)

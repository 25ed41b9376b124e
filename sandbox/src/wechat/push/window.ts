import type { Kernel } from '../../kernel/kernel'

/** How long and how often the account may write to a person after what they did (wechat.md section 8). */
const WINDOWS = {
  message: { count: 5, lifeMs: 48 * 3_600_000 },
  tap: { count: 3, lifeMs: 60_000 },
  enter: { count: 2, lifeMs: 60_000 },
} as const

interface Window {
  left: number
  untilMs: number
}

const windows = (kernel: Kernel) => kernel.store.table<Window>('wechat.account-window')

/** A message opens the long window; a click, a follow, a scan or the mini-program’s window a short one. The larger of old and new counts. */
export function openWindow(kernel: Kernel, openid: string, by: keyof typeof WINDOWS): void {
  const { count, lifeMs } = WINDOWS[by]
  const now = kernel.clock.now()
  const before = windows(kernel).get(openid)
  const rest = before && before.untilMs > now ? before : { left: 0, untilMs: 0 }
  windows(kernel).put(openid, {
    left: Math.max(rest.left, count),
    untilMs: Math.max(rest.untilMs, now + lifeMs),
  })
}

/** Uses up one message; 45015 when the person has done nothing lately, 45047 when they were written to often enough. */
export function takeFromWindow(kernel: Kernel, openid: string): 0 | 45015 | 45047 {
  const window = windows(kernel).get(openid)
  if (!window || window.untilMs <= kernel.clock.now()) return 45015
  if (window.left === 0) return 45047
  windows(kernel).put(openid, { ...window, left: window.left - 1 })
  return 0
}

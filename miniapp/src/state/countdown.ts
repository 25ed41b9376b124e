import { useEffect, useState } from 'react'

/** Seconds until a code may be sent again; 0 when it may. */
export function useCountdown(): { seconds: number; start: (seconds: number) => void } {
  const [clock, setClock] = useState({ untilMs: 0, nowMs: 0 })
  const waiting = clock.untilMs > clock.nowMs
  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => setClock((before) => ({ ...before, nowMs: Date.now() })), 1000)
    return () => clearInterval(timer)
  }, [waiting])
  return {
    seconds: waiting ? Math.ceil((clock.untilMs - clock.nowMs) / 1000) : 0,
    start: (wait) => {
      const nowMs = Date.now()
      setClock({ untilMs: nowMs + wait * 1000, nowMs })
    },
  }
}

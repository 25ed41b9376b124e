import { useEffect, useState } from 'react'

/** Seconds until a code may be sent again; 0 when it may. */
export function useCountdown(): { seconds: number; start: (seconds: number) => void } {
  const [until, setUntil] = useState(0)
  const [now, setNow] = useState(() => Date.now())
  const seconds = Math.max(0, Math.ceil((until - now) / 1000))
  useEffect(() => {
    if (seconds === 0) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [seconds === 0, until])
  return {
    seconds,
    start: (wait) => {
      setNow(Date.now())
      setUntil(Date.now() + wait * 1000)
    },
  }
}

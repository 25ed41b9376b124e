import { useCallback, useEffect, useRef, useState } from 'react'
import { fail } from './feedback'

/**
 * An act behind a button: busy while it runs, deaf to a second tap, and a failure is explained in a dialog.
 * The handler is called synchronously in the tap, as wallets demand for permissions.
 */
export function usePress(act: () => Promise<void>): { busy: boolean; press: () => void } {
  const [busy, setBusy] = useState(false)
  const running = useRef(false)
  const alive = useRef(true)
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => {
    alive.current = true
    return () => {
      alive.current = false
    }
  }, [])
  const press = useCallback(() => {
    if (running.current) return
    running.current = true
    setBusy(true)
    latest
      .current()
      .catch(fail)
      .finally(() => {
        running.current = false
        if (alive.current) setBusy(false)
      })
  }, [])
  return { busy, press }
}

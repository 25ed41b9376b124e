import { useCallback, useEffect, useRef, useState } from 'react'
import { read } from '../api/client'
import { touched } from '../api/hands'
import { keep, kept } from '../kit/kept'
import { type IdleState, idleState, mustTellServer } from './idle'

const here: IdleState = { kind: 'here' }

/**
 * Watches for hands on the console, over all its tabs. Live news and polls are not hands, so an empty chair is
 * signed out although the page goes on asking.
 */
export function useIdle(idleMs: number): { readonly state: IdleState; readonly touch: () => void } {
  const [state, setState] = useState<IdleState>(here)
  const told = useRef(0)
  const touch = useCallback(() => {
    touched()
    const last = Number(kept('touched') ?? 0)
    if (Date.now() - last > 2_000) keep('touched', String(Date.now()))
  }, [])
  useEffect(() => {
    keep('touched', String(Date.now()))
    told.current = Date.now()
    const events = ['pointerdown', 'keydown', 'wheel'] as const
    for (const name of events) addEventListener(name, touch, { passive: true })
    const timer = setInterval(() => {
      const last = Number(kept('touched') ?? Date.now())
      setState((before) => {
        const next = idleState(last, Date.now(), idleMs)
        return next.kind === 'here' && before.kind === 'here' ? before : next
      })
      if (!mustTellServer(last, told.current, Date.now(), idleMs)) return
      told.current = Date.now()
      // A failed look is told by the pages themselves.
      read('staff.me', {}, { byHand: true }).catch(() => undefined)
    }, 1000)
    return () => {
      for (const name of events) removeEventListener(name, touch)
      clearInterval(timer)
    }
  }, [idleMs, touch])
  return { state, touch }
}

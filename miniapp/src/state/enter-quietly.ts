import { useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useState } from 'react'
import { go, signsInByPhone } from '../routes'
import { hasConsented, usePortal } from './portal'
import { allowSignIn, enter, isSignedIn, proveAndLogIn, useSession } from './session'

/**
 * For pages that strangers may read too: signs in whom the wallet vouches for and who has agreed, and lets everybody
 * else read on. `settled` says that it is known who asks.
 */
export function useVisitor(): { settled: boolean; signedIn: boolean } {
  const stage = useSession((session) => session.stage)
  const signedIn = useSession(isSignedIn)
  const [tried, setTried] = useState(false)
  const arrive = useCallback(() => {
    void enter()
      .catch(() => false)
      .finally(() => setTried(true))
  }, [])
  useEffect(arrive, [arrive])
  useDidShow(arrive)
  return { settled: stage === 'in' || (tried && stage !== 'entering'), signedIn }
}

/** The next step of a stranger who wants what only a resident can have. True once somebody is signed in. */
export async function nextToSignIn(): Promise<boolean> {
  if (isSignedIn(useSession.getState())) return true
  const { portal } = usePortal.getState()
  if (!portal || !hasConsented(portal)) {
    go('privacy')
    return false
  }
  if (signsInByPhone) {
    go('login')
    return false
  }
  allowSignIn()
  return proveAndLogIn()
}

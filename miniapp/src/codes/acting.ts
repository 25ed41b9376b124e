import { useEffect, useRef, useState } from 'react'
import type { CodePage } from '../api/types'
import { login } from '../platform/login'
import { forget, load, save } from '../platform/storage'
import { beginVisit } from '../state/code-visit'
import { answerConsent, hasConsented, loadPortal } from '../state/portal'
import { enter } from '../state/session'
import { usePress } from '../ui'

/** What can be done by a code once its visit is open. */
export type Wish = 'pay' | 'choose' | 'read' | 'report'

interface Pending {
  wish: Wish
  token: string
  atMs: number
}
const key = 'code-wish'
/** The wallet's sign-in page takes seconds; a wish that is older was given up. */
const freshMs = 120_000

function pendingWish(token: string): Wish | null {
  const pending = load<Pending>(key)
  return pending !== null && pending.token === token && Date.now() - pending.atMs < freshMs
    ? pending.wish
    : null
}

/**
 * From a tap to what it wished: consent where it was never given, the visit, then `run`. In a wallet's browser the
 * visit leaves for the wallet's page and comes back here, where the wish goes on by itself.
 */
export function useActing(token: string, page: CodePage, run: (wish: Wish) => Promise<void>) {
  const [asking, setAsking] = useState<Wish | null>(null)
  const [wish, setWish] = useState<Wish | null>(null)
  const wished = useRef<Wish | null>(null)
  const { busy, press } = usePress(async () => {
    const now = wished.current
    if (now === null) return
    if (!hasConsented(await loadPortal())) return setAsking(now)
    if (!login.environment.endsWith('-mini')) save(key, { wish: now, token, atMs: Date.now() })
    if (!(await beginVisit(token, page))) return
    forget(key)
    await run(now)
  })
  const want = (next: Wish) => {
    wished.current = next
    setWish(next)
    press()
  }
  const agree = async () => {
    const next = asking
    setAsking(null)
    answerConsent(await loadPortal(), true)
    if (next !== null) want(next)
  }

  const latest = useRef(want)
  useEffect(() => {
    latest.current = want
  })
  useEffect(() => {
    const pending = pendingWish(token)
    forget(key)
    if (pending === null) return
    // Back from the wallet's page: its ticket becomes the session first.
    void enter().then(
      (signedIn) => {
        if (signedIn) latest.current(pending)
      },
      () => null,
    )
  }, [token])
  return { want, asking, agree, refuse: () => setAsking(null), busyWith: busy ? wish : null }
}

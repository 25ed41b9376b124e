import { useCallback, useEffect, useState } from 'react'
import { read, write } from '../api/client'
import { messageOf } from '../api/errors'
import { adopt } from '../state/session'

export type ScanLogin =
  | { state: 'asking' }
  | { state: 'waiting'; scanId: string; link: string; untilMs: number }
  | { state: 'seen'; scanId: string; digits: string }
  | { state: 'entering' }
  | { state: 'refused' | 'expired' | 'used' }
  | { state: 'failed'; message: string }

const everyMs = 2_000

/** A login by scanning, from the code to the session. Nothing is asked while the window is hidden. */
export function useScanLogin(): { login: ScanLogin; again: () => void } {
  const [attempt, setAttempt] = useState(0)
  const [answer, setAnswer] = useState<{ attempt: number; login: ScanLogin } | null>(null)
  // An answer to an earlier attempt says nothing about this one.
  const login: ScanLogin = answer?.attempt === attempt ? answer.login : { state: 'asking' }

  useEffect(() => {
    let over = false
    const say = (next: ScanLogin) => {
      if (!over) setAnswer({ attempt, login: next })
    }
    write('scans.begin', {}).then(
      ({ scanId, link, expiresAt }) => say({ state: 'waiting', scanId, link, untilMs: expiresAt }),
      (error: unknown) => say({ state: 'failed', message: messageOf(error) }),
    )
    return () => {
      over = true
    }
  }, [attempt])

  const scanId = login.state === 'waiting' || login.state === 'seen' ? login.scanId : null
  useEffect(() => {
    if (scanId === null) return
    let over = false
    let asking = false
    const timer = setInterval(() => {
      if (document.hidden || asking) return
      asking = true
      look(scanId)
        .then(
          (next) => {
            if (next !== null && !over) setAnswer({ attempt, login: next })
          },
          () => {
            // The network may be gone for a moment; the next question finds out.
          },
        )
        .finally(() => {
          asking = false
        })
    }, everyMs)
    return () => {
      over = true
      clearInterval(timer)
    }
  }, [attempt, scanId])

  return { login, again: useCallback(() => setAttempt((times) => times + 1), []) }
}

/** What has changed, or null. Confirmed means that the session is fetched at once. */
async function look(scanId: string): Promise<ScanLogin | null> {
  const { state, digits } = await read('scans.watch', { scanId })
  if (state === 'waiting') return null
  if (state === 'seen') return { state: 'seen', scanId, digits: digits ?? '' }
  if (state !== 'confirmed') return { state }
  adopt(await write('scans.redeem', { scanId }))
  return { state: 'entering' }
}

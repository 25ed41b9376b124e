import { useDidShow } from '@tarojs/taro'
import { useEffect } from 'react'
import { create } from 'zustand'
import { read } from '../api/client'
import type { Credit } from '../api/types'
import { login } from '../platform/login'
import type { Subscription } from '../platform/types'
import { isSignedIn, useSession } from './session'

/** How many more messages the signed-in resident allowed; null while it is not known. */
export const useCredits = create<{ credits: readonly Credit[] | null }>(() => ({ credits: null }))

/** Only the wallets' own pages can ask for it. */
export const canAskToSend = login.environment.endsWith('-mini')

const freshMs = 60_000
let askedMs = 0

/** The wallet's question opens only in the tap itself, so what it depends on must be known before. */
function loadCredits(): void {
  if (!canAskToSend || !isSignedIn(useSession.getState()) || Date.now() - askedMs < freshMs) return
  askedMs = Date.now()
  read('messages.credits', {}).then(
    ({ credits }) => useCredits.setState({ credits }),
    () => {
      // While it is not known, the tap asks for everything, which costs the resident one more look.
      askedMs = 0
    },
  )
}

/** For pages with a tap that asks; gives what is known of this wallet. */
export function useKnownCredits(): readonly Credit[] | null {
  const stage = useSession((session) => session.stage)
  const credits = useCredits((state) => state.credits)
  useEffect(loadCredits, [stage])
  useDidShow(loadCredits)
  return ofThisWallet(credits)
}

const ofThisWallet = (credits: readonly Credit[] | null): readonly Credit[] | null =>
  credits?.filter(({ channel }) => channel === login.environment) ?? null

export const knownCredits = (): readonly Credit[] | null => ofThisWallet(useCredits.getState().credits)

/** What was just allowed counts at once; the server's own count comes with the next question. */
export function countAnswers({ channel, answers }: Subscription): void {
  const { credits } = useCredits.getState()
  if (credits === null) return
  let after = [...credits]
  for (const { templateId, answer } of answers) {
    if (answer !== 'accept') continue
    const known = after.find((one) => one.channel === channel && one.templateId === templateId)
    const rest = after.filter((one) => one !== known)
    after = [...rest, { channel, templateId, credits: (known?.credits ?? 0) + 1 }]
  }
  useCredits.setState({ credits: after })
}

// They are one resident's.
useSession.subscribe((session, before) => {
  if (session.stage === before.stage && session.me?.id === before.me?.id) return
  if (session.stage === 'in') return
  askedMs = 0
  useCredits.setState({ credits: null })
})

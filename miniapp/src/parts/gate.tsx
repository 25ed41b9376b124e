import { View } from '@tarojs/components'
import { useDidShow } from '@tarojs/taro'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { messageOf } from '../api/errors'
import { HallSignIn, useWide } from '../platform/hall'
import { go, signsInByPhone } from '../routes'
import { hasConsented, loadPortal, usePortal } from '../state/portal'
import { allowSignIn, enter, proveAndLogIn, useSession } from '../state/session'
import { Bones, Button, Card, Failed, Icon, usePress } from '../ui'
import { words } from '../words'

interface GateProps {
  bones: readonly number[]
  /** Whoever only visits by a household's code passes, too. */
  guests?: boolean
  children: () => ReactNode
}

/**
 * Lets only a signed-in resident through. Everyone else sees the one next step: read the privacy text, sign in,
 * or wait. Signing in happens by itself where the wallet can vouch and the resident has agreed.
 */
export function Gate({ bones, guests = false, children }: GateProps) {
  const stage = useSession((session) => session.stage)
  const guest = useSession((session) => session.guest)
  const wide = useWide()
  const portal = usePortal((state) => state.portal)
  const consent = usePortal((state) => state.consent)
  const [trouble, setTrouble] = useState<string | null>(null)

  const arrive = useCallback(() => {
    if (useSession.getState().stage === 'in') return
    void enter()
      .then(() => null, messageOf)
      .then(setTrouble)
  }, [])
  useEffect(arrive, [arrive])
  useDidShow(arrive)

  if (stage === 'in' && (guests || !guest)) return <>{children()}</>
  if (trouble !== null && !portal) return <Failed message={trouble} onRetry={arrive} />
  if (!portal || stage === 'unknown') return <Bones heights={bones} />
  // The telephone that signs a PC in has agreed already, or is asked there.
  if (wide) return <HallSignIn onPhone={() => go('login')} />
  if (!hasConsented(portal, consent)) return <Welcome />
  return <SignIn entering={stage === 'entering'} trouble={trouble} />
}

function Welcome() {
  return (
    <Card className="welcome">
      <View className="badge">
        <Icon name="shield" />
      </View>
      <View className="t-head">{words.home.welcomeTitle}</View>
      <View className="t-2">{words.home.welcomeText}</View>
      <Button id="read-privacy" onClick={() => go('privacy')}>
        {words.home.welcomeButton}
      </Button>
    </Card>
  )
}

function SignIn({ entering, trouble }: { entering: boolean; trouble: string | null }) {
  const { busy, press } = usePress(async () => {
    if (signsInByPhone) return go('login')
    allowSignIn()
    await proveAndLogIn()
  })
  return (
    <Card className="welcome">
      <View className="badge">
        <Icon name="person" />
      </View>
      <View className="t-head">{words.home.signInTitle}</View>
      <View className="t-2">{trouble ?? words.home.signInText}</View>
      <Button id="sign-in" busy={busy || entering} onClick={press}>
        {entering ? words.home.signingIn : words.home.signInButton}
      </Button>
    </Card>
  )
}

/** Asks for the portal's description once, for pages that show something of it. */
export function usePortalLoaded() {
  const portal = usePortal((state) => state.portal)
  useEffect(() => {
    loadPortal().catch(() => {
      // Pages show their own failure when the description was never seen.
    })
  }, [])
  return portal
}

import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import type { Portal } from '../../api/types'
import { write } from '../../api/client'
import { useResource } from '../../state/resource'
import {
  answerConsent,
  hasConsented,
  loadPortal,
  recordConsent,
  usePortal,
  withdrawConsent,
} from '../../state/portal'
import { allowSignIn, forgetSession, useSession } from '../../state/session'
import { Button, Card, confirm, Foot, goBack, Page, Row, Show, succeed, usePress } from '../../ui'
import { words } from '../../words'

/** The whole text with two equal answers, or, once agreed, with the way to take it back. Nothing is preselected. */
export default function PrivacyPage() {
  const { resource, retry } = useResource('portal', loadPortal)
  const consent = usePortal((state) => state.consent)
  return (
    <Page title={words.privacy.title}>
      <Show resource={resource} bones={[96, 420, 420]} onRetry={retry}>
        {(portal) => (
          <>
            <PrivacyText portal={portal} />
            <Recipients portal={portal} />
            {hasConsented(portal, consent) ? <Withdraw portal={portal} /> : <Answer portal={portal} />}
          </>
        )}
      </Show>
    </Page>
  )
}

const PrivacyText = ({ portal }: { portal: Portal }) => (
  <Card className="stack">
    <View className="t-head">{portal.privacy.title}</View>
    <View className="t-3">{words.privacy.version(portal.privacy.version)}</View>
    {portal.privacy.paragraphs.map((paragraph) => (
      <View key={paragraph}>{paragraph}</View>
    ))}
  </Card>
)

/** By name who else gets something, what, and what for; a description kept from before this was said has none. */
function Recipients({ portal }: { portal: Portal }) {
  const { recipients = [] } = portal.privacy
  if (recipients.length === 0) return null
  return (
    <Card list id="recipients">
      <Row title={words.privacy.recipients} />
      {recipients.map(({ name, gets, why }) => (
        <Row key={`${name} ${why}`} title={name} note={`${gets} · ${why}`} />
      ))}
    </Card>
  )
}

function Answer({ portal }: { portal: Portal }) {
  const agree = () => {
    answerConsent(portal, true)
    allowSignIn()
    void recordWhenSignedIn()
    // The page one came from signs in by itself as soon as it is shown again.
    goBack()
  }
  const refuse = () => {
    answerConsent(portal, false)
    succeed(words.privacy.refused)
    void Taro.switchTab({ url: '/pages/home/index' })
  }
  return (
    <Foot>
      <Button id="refuse-privacy" kind="soft" onClick={refuse}>
        {words.privacy.refuse}
      </Button>
      <Button id="agree-privacy" kind="soft" onClick={agree}>
        {words.privacy.agree}
      </Button>
    </Foot>
  )
}

async function recordWhenSignedIn(): Promise<void> {
  if (useSession.getState().token !== null) await recordConsent()
}

function Withdraw({ portal }: { portal: Portal }) {
  const { busy, press } = usePress(async () => {
    if (!(await confirm(words.privacy.withdraw, words.privacy.withdrawText, words.privacy.withdraw))) return
    const signedIn = useSession.getState().token !== null
    await withdrawConsent(portal, signedIn)
    if (signedIn) await write('sessions.end', {})
    forgetSession()
    succeed(words.privacy.withdrawn)
    void Taro.switchTab({ url: '/pages/home/index' })
  })
  return (
    <View className="stack">
      <View className="t-3 center">{words.privacy.granted}</View>
      <Button id="withdraw-privacy" kind="danger" busy={busy} onClick={press}>
        {words.privacy.withdraw}
      </Button>
    </View>
  )
}

import { View } from '@tarojs/components'
import { write } from '../../api/client'
import type { Notice } from '../../api/types'
import { ShareButton } from '../../platform/share-button'
import { isCurrent } from '../../parts/notice-phase'
import { askToSend } from '../../state/ask-to-send'
import { useKnownCredits } from '../../state/credits'
import { nextToSignIn } from '../../state/enter-quietly'
import { Button, Foot as Bottom, Icon, succeed, usePress } from '../../ui'
import { said } from '../words'

interface FootProps {
  notice: Notice
  signedIn: boolean
  onChanged(): void
}

/** Tell a neighbour; be told of each change. What is over changes no more. */
export function Foot({ notice, signedIn, onChanged }: FootProps) {
  useKnownCredits()
  const may = isCurrent(notice.shown) || notice.subscribed
  return (
    <>
      {notice.subscribed ? <Subscribed notice={notice} onChanged={onChanged} /> : null}
      <Bottom>
        <ShareButton
          className={may && !notice.subscribed ? 'btn plain notice-share' : 'btn soft notice-share'}
          title={notice.title}
          onCopied={() => succeed(said.share.copied)}
        >
          {said.share.button}
        </ShareButton>
        {may && !notice.subscribed ? (
          <Notify notice={notice} signedIn={signedIn} onChanged={onChanged} />
        ) : null}
      </Bottom>
    </>
  )
}

function Notify({ notice, signedIn, onChanged }: FootProps) {
  const { busy, press } = usePress(async () => {
    if (!signedIn) {
      await nextToSignIn()
      return
    }
    // The wallet opens its question only in the tap itself, so it is asked before anything is awaited.
    const asked = askToSend('subscribeNotices', notice.company.id)
    await asked
    const householdId = notice.mine[0]?.householdId
    await write('notices.subscribe', {
      noticeId: notice.id,
      ...(householdId === undefined ? {} : { householdId }),
    })
    succeed(said.detail.subscribed)
    onChanged()
  })
  return (
    <Button id="notify-me" busy={busy} onClick={press}>
      {signedIn ? said.detail.notify : said.detail.signIn}
    </Button>
  )
}

function Subscribed({ notice, onChanged }: Omit<FootProps, 'signedIn'>) {
  const { busy, press } = usePress(async () => {
    await write('notices.unsubscribe', { noticeId: notice.id })
    succeed(said.detail.unsubscribed)
    onChanged()
  })
  return (
    <View className="notice-followed" id="notice-subscribed">
      <Icon name="bell" />
      <View className="grow">{said.detail.subscribed}</View>
      <Button small kind="plain" id="stop-notifying" busy={busy} onClick={press}>
        {said.detail.unsubscribe}
      </Button>
    </View>
  )
}

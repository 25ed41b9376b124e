import { View } from '@tarojs/components'
import { useState } from 'react'
import { askToSend, canAskToSend, leftToSend } from '../state/ask-to-send'
import { useKnownCredits } from '../state/credits'
import { Button, Card, Icon, succeed, usePress } from '../ui'
import { words } from '../words'

/**
 * After something went well: the moment to ask whether outages may be told too. Only where the wallet has such a
 * question, and never to who allowed enough.
 */
export function AllowNotices({ companyId }: { companyId?: string }) {
  const credits = useKnownCredits()
  const [asked, setAsked] = useState(false)
  const left = leftToSend('subscribeNotices', companyId)
  const { busy, press } = usePress(async () => {
    const answer = await askToSend('subscribeNotices', companyId)
    setAsked(true)
    if (answer?.answers.some((one) => one.answer === 'accept') === true) succeed(words.allow.done)
  })
  if (!canAskToSend || asked || credits === null || left === null || left === 'always' || left >= 3)
    return null
  return (
    <Card className="between" id="allow-notices">
      <Icon name="bell" className="t-accent" />
      <View className="grow">
        <View className="t-title">{words.allow.title}</View>
        <View className="t-3">{words.allow.text}</View>
      </View>
      <Button small kind="soft" id="allow-notices-yes" busy={busy} onClick={press}>
        {words.allow.button}
      </Button>
    </Card>
  )
}

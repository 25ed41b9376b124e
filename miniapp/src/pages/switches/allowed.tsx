import { View } from '@tarojs/components'
import { login } from '../../platform/login'
import { askToSend, canAskToSend, leftToSend } from '../../state/ask-to-send'
import { useKnownCredits } from '../../state/credits'
import { Button, Card, succeed, usePress } from '../../ui'
import { words } from '../../words'
import { said } from './words'

const wallet = () => (login.environment.startsWith('alipay') ? words.wallets.alipay : words.wallets.wechat)

/** How many more outage notices the wallet takes from us, and the tap that adds one. */
export function Allowed() {
  useKnownCredits()
  const left = leftToSend('subscribeNotices')
  const { busy, press } = usePress(async () => {
    const answer = await askToSend('subscribeNotices')
    const accepted = answer?.answers.some((one) => one.answer === 'accept') === true
    succeed(accepted ? said.allowed.done : said.allowed.refused)
  })
  if (!canAskToSend || left === null || left === 'always' || left >= 3) return null
  return (
    <Card className="between" id="allowed">
      <View className="grow">
        <View className="t-title">{said.allowed.title(wallet())}</View>
        <View className="t-3">{said.allowed.left(left)}</View>
      </View>
      <Button small kind="soft" id="allow-more" busy={busy} onClick={press}>
        {said.allowed.more}
      </Button>
    </Card>
  )
}

import { View } from '@tarojs/components'
import { ApiError } from '../../api/errors'
import { tokenIn } from '../../platform/code-link'
import { scan } from '../../platform/scan'
import { go } from '../../routes'
import { openCode } from '../../state/scanned'
import { Button, Card, Icon, usePress } from '../../ui'
import { words } from '../../words'

/** A resident without a household has exactly one next step. */
export const BindFirst = () => (
  <Card className="welcome">
    <View className="badge">
      <Icon name="link" />
    </View>
    <View className="t-head">{words.home.bindTitle}</View>
    <View className="t-2">{words.home.bindText}</View>
    <Button id="bind-first" onClick={() => go('bind')}>
      {words.home.bindButton}
    </Button>
    <ScanCode />
  </Card>
)

/** Whoever stands before a meter box need not type anything: its code leads to the household. */
function ScanCode() {
  const { busy, press } = usePress(async () => {
    const text = await scan.text()
    if (text === null) return
    const token = tokenIn(text)
    if (token === null) throw new ApiError('not_a_code', words.code.notOurs)
    openCode(token)
  })
  if (!scan.available) return null
  return (
    <Button kind="soft" id="scan-code" busy={busy} onClick={press}>
      {words.code.scan}
    </Button>
  )
}

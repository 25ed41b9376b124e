import { View } from '@tarojs/components'
import { go } from '../../routes'
import { Button, Card, Icon } from '../../ui'
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
  </Card>
)

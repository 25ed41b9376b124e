import { View } from '@tarojs/components'
import type { Meter } from './figures'
import { said } from './words'

/** What a good photo has in it, drawn: the counter as on this meter, and its number, inside one frame. */
export const FrameGuide = ({ meter }: { meter: Pick<Meter, 'integerDigits' | 'decimals'> }) => (
  <View className="frame" role="img" ariaLabel={said.frame}>
    <View className="frame-corner a" />
    <View className="frame-corner b" />
    <View className="frame-corner c" />
    <View className="frame-corner d" />
    <View className="frame-face" aria-hidden="true">
      <View className="frame-digits num">
        {'0'.repeat(meter.integerDigits)}
        {meter.decimals > 0 ? <View className="frame-red">{'0'.repeat(meter.decimals)}</View> : null}
      </View>
      <View className="frame-serial num">No. ••••••••</View>
    </View>
    <View className="frame-words t-3">{said.frame}</View>
  </View>
)

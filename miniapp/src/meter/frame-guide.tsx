import { View } from '@tarojs/components'
import { said } from './words'

/** What a good photo has in it, drawn: the counter and the meter's number inside one frame. */
export const FrameGuide = () => (
  <View className="frame" role="img" ariaLabel={said.frame}>
    <View className="frame-corner a" />
    <View className="frame-corner b" />
    <View className="frame-corner c" />
    <View className="frame-corner d" />
    <View className="frame-face" aria-hidden="true">
      <View className="frame-digits num">
        00000<View className="frame-red">000</View>
      </View>
      <View className="frame-serial num">No. ••••••••</View>
    </View>
    <View className="frame-words t-3">{said.frame}</View>
  </View>
)

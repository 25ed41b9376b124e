import { View } from '@tarojs/components'

/** One line of words: nothing that Taro does for a page can be left out of it. */
export default function BarePage() {
  return <View id="bare">一户</View>
}

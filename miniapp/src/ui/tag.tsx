import { View } from '@tarojs/components'
import type { Tone } from '../status'

/** A state's word on its colour. */
export const Tag = ({ text, tone = 'plain' }: { text: string; tone?: Tone }) => (
  <View className={`tag ${tone}`}>{text}</View>
)

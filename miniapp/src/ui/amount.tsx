import { Text, View } from '@tarojs/components'
import { yuan } from '../format'
import { classes } from './classes'

/** The largest thing on its page. Long sums become a little smaller rather than wrap. */
export function Amount({ fen, id }: { fen: number; id?: string }) {
  const text = yuan(fen)
  return (
    <View className={classes('amount', text.length > 9 && 'amount-long')} {...(id ? { id } : {})}>
      <Text className="amount-sign">¥</Text>
      <Text>{text}</Text>
    </View>
  )
}

import { View } from '@tarojs/components'
import type { PhoneButtonProps } from './types'

/** A browser knows no number, so the button leads straight to the SMS code. */
export function PhoneButton({ className, children, onFallback }: PhoneButtonProps) {
  return (
    <View className={className ?? ''} role="button" onClick={onFallback}>
      {children}
    </View>
  )
}

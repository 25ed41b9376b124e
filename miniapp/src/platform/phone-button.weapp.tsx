import { Button } from '@tarojs/components'
import type { PhoneButtonProps } from './types'

/** WeChat's own button: its code is exchanged by our server. A refusal or a used-up quota falls back to SMS. */
export function PhoneButton({ className, children, onProof, onFallback }: PhoneButtonProps) {
  return (
    <Button
      className={`bare ${className ?? ''}`}
      openType="getPhoneNumber"
      onGetPhoneNumber={(event) => {
        const { code } = event.detail
        if (code) onProof({ provider: 'wechat', code })
        else onFallback()
      }}
    >
      {children}
    </Button>
  )
}

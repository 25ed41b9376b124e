import { Button } from '@tarojs/components'
import type { PhoneButtonProps } from './types'

interface PhoneApi {
  getPhoneNumber(option: { success(answer: { response: string }): void; fail(): void }): void
}
declare const my: PhoneApi

/** Alipay's button grants the scope first; the encrypted answer is opened by our server. */
export function PhoneButton({ className, children, onProof, onFallback }: PhoneButtonProps) {
  const fetchNumber = () =>
    my.getPhoneNumber({
      success: ({ response }) => onProof({ provider: 'alipay', response }),
      fail: onFallback,
    })
  return (
    <Button
      className={`bare ${className ?? ''}`}
      openType="getAuthorize"
      scope="phoneNumber"
      onGetAuthorize={fetchNumber}
      onError={onFallback}
    >
      {children}
    </Button>
  )
}

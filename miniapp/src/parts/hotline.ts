import Taro from '@tarojs/taro'
import { usePortal } from '../state/portal'
import { words } from '../words'

/** Opens the phone's dialler with the given number, or the portal's own. A phone that cannot dial gets it copied. */
export function callHotline(number?: unknown): void {
  const phoneNumber = typeof number === 'string' ? number : usePortal.getState().portal?.hotline
  if (!phoneNumber) return
  Taro.makePhoneCall({ phoneNumber }).catch((error: { errMsg?: unknown } | null) => {
    // Closing the dialler is no failure.
    if (/cancel/.test(String(error?.errMsg))) return
    void Taro.setClipboardData({ data: phoneNumber }).then(() =>
      Taro.showToast({ title: words.common.copied, icon: 'none' }),
    )
  })
}

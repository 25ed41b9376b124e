import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { type ReactNode, useEffect } from 'react'
import { holdFocus } from '../platform/keyboard'
import { login } from '../platform/login'

const quiet = () => null

/** The browser's tab bar lies above the page, so it makes room; native ones lie beside it. */
function useRoomBelow(): void {
  useEffect(() => {
    if (login.environment.endsWith('-mini')) return
    Taro.hideTabBar({}).catch(quiet)
    return () => {
      Taro.showTabBar({}).catch(quiet)
    }
  }, [])
}

/** A panel from below; a tap beside it closes it. */
export function Sheet({ title, onClose, children }: { title: string; onClose(): void; children: ReactNode }) {
  useRoomBelow()
  useEffect(() => holdFocus(), [])
  return (
    <View>
      <View className="sheet-veil" catchMove onClick={onClose} />
      <View className="sheet" ariaLabel={title}>
        <View className="t-title sheet-title">{title}</View>
        {children}
      </View>
    </View>
  )
}

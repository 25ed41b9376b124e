import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'

/** Somebody else changes what is shown meanwhile, so it is asked for again while the page is in view. */
export function useFresh(reload: () => Promise<void>, everyMs: number, wanted: boolean): void {
  const [shown, setShown] = useState(true)
  useDidShow(() => setShown(true))
  useDidHide(() => setShown(false))
  const asking = wanted && shown
  useEffect(() => {
    if (!asking) return
    const timer = setInterval(() => void reload(), everyMs)
    return () => clearInterval(timer)
  }, [asking, everyMs, reload])
}

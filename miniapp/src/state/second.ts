import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'

/** The time, moving every second while `wanted` and while the page is in view. */
export function useSecond(wanted: boolean): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  const [shown, setShown] = useState(true)
  useDidShow(() => setShown(true))
  useDidHide(() => setShown(false))
  const moving = wanted && shown
  useEffect(() => {
    if (!moving) return
    const timer = setInterval(() => setNowMs(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [moving])
  return nowMs
}

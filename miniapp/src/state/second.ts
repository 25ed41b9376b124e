import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { onSecond } from './ticker'

/** The time, moving every second while `wanted` and while the page is in view. */
export function useSecond(wanted: boolean): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  const [shown, setShown] = useState(true)
  useDidShow(() => setShown(true))
  useDidHide(() => setShown(false))
  const moving = wanted && shown
  useEffect(() => {
    if (!moving) return
    return onSecond(setNowMs)
  }, [moving])
  return nowMs
}

import Taro, { useDidShow } from '@tarojs/taro'
import { useEffect } from 'react'
import { create } from 'zustand'
import { read } from '../api/client'
import { words } from '../words'
import { isSignedIn, useSession } from './session'

/** Messages that nobody has looked at yet; 0 while that is not known. */
export const useUnreadCount = create<{ count: number }>(() => ({ count: 0 }))

/** Where the way to the messages is, counted from the left. */
const meTab = 2
const quiet = () => null

/** Only a tab page can put it there; elsewhere the wallet refuses, and the next tab page makes up for it. */
function showOnTab(count: number): void {
  const done =
    count > 0
      ? Taro.setTabBarBadge({ index: meTab, text: words.messages.unreadCount(count) })
      : Taro.removeTabBarBadge({ index: meTab })
  Promise.resolve(done).catch(quiet)
}

export function setUnread(count: number): void {
  useUnreadCount.setState({ count })
}

let asking = false

function askUnread(): void {
  if (!isSignedIn(useSession.getState())) {
    setUnread(0)
    showOnTab(0)
    return
  }
  showOnTab(useUnreadCount.getState().count)
  if (asking) return
  asking = true
  read('messages.list', { limit: 1 })
    .then(({ unread }) => {
      setUnread(unread)
      showOnTab(unread)
    })
    .catch(quiet)
    .finally(() => {
      asking = false
    })
}

/** For tab pages: the number on the tab, brought up to date whenever the page is shown. */
export function useUnread(): number {
  const stage = useSession((session) => session.stage)
  const count = useUnreadCount((state) => state.count)
  useEffect(askUnread, [stage])
  useDidShow(askUnread)
  return count
}

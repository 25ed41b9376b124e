import { useDidShow } from '@tarojs/taro'
import { useEffect } from 'react'
import { create } from 'zustand'
import { read } from '../api/client'
import { isSignedIn, useSession } from './session'

const useCount = create<{ count: number }>(() => ({ count: 0 }))

export const setChatUnread = (count: number): void => useCount.setState({ count })

function ask(): void {
  if (!isSignedIn(useSession.getState())) return setChatUnread(0)
  read('chat.mine', {}).then(
    ({ unread }) => setChatUnread(unread),
    () => {
      // What was known stays.
    },
  )
}

/** How many messages of the chat nobody has looked at; asked whenever the page is shown, 0 while it is not known. */
export function useChatUnread(): number {
  const stage = useSession((session) => session.stage)
  const count = useCount((state) => state.count)
  useEffect(ask, [stage])
  useDidShow(ask)
  return count
}

import Taro, { useDidHide, useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import { write } from '../api/client'
import { Line, type LineState } from './line'
import { outgoing } from './outgoing'
import { phoneDoor } from './ports'
import type { Talk } from './timeline'
import type { FrameOut } from './types'

export interface Typing {
  readonly name: string
}

/** Who stopped writing says nothing, so it is believed for so long. */
const typingMs = 5_000
/** Writing is told at most this often. */
const tellEveryMs = 3_000
const quiet = () => null

/** The way to the server while the page is in view; what waits to be sent goes as soon as there is one. */
export function useLine(talk: Talk | null, hear: (frame: FrameOut) => void) {
  const [state, setState] = useState<LineState>('off')
  const [typing, setTyping] = useState<Typing | null>(null)
  const [shown, setShown] = useState(true)
  const latest = useRef(hear)
  useEffect(() => {
    latest.current = hear
  })
  const [line] = useState(() => new Line(phoneDoor))
  useEffect(() => {
    line.listen({
      state: setState,
      frame: (frame) => {
        if (frame.op === 'typing' && frame.from === 'staff') setTyping({ name: frame.name })
        if (frame.op === 'messages') setTyping(null)
        latest.current(frame)
      },
    })
  }, [line])
  useEffect(() => {
    if (typing === null) return
    const timer = setTimeout(() => setTyping(null), typingMs)
    return () => clearTimeout(timer)
  }, [typing])
  useFollowed(line, talk, shown)
  useDidShow(() => setShown(true))
  useDidHide(() => setShown(false))
  useEffect(() => {
    if (state === 'live' || state === 'polling') void outgoing().run()
  }, [state])

  const id = talk?.conversation.id ?? ''
  const toldAt = useRef(0)
  const type = useCallback(() => {
    if (Date.now() - toldAt.current < tellEveryMs) return
    toldAt.current = Date.now()
    if (line.put({ op: 'typing', conversationId: id })) return
    write('chat.typing', { conversationId: id }).catch(quiet)
  }, [line, id])
  const putRead = useCallback(
    (conversationId: string, seq: number) => line.put({ op: 'read', conversationId, seq }),
    [line],
  )
  return { state, typing, shown, type, putRead }
}

/** Follows the conversation of the page from its last message on, while the page is in view. */
function useFollowed(line: Line, talk: Talk | null, shown: boolean): void {
  const id = talk?.conversation.id ?? null
  const lastSeq = useRef(0)
  useEffect(() => {
    lastSeq.current = talk?.messages[talk.messages.length - 1]?.seq ?? 0
  })
  useEffect(() => {
    if (id !== null) line.watch(id, lastSeq.current)
  }, [line, id])
  const wanted = id !== null && shown
  useEffect(() => {
    if (!wanted) return
    line.show()
    void outgoing().run()
    // No wait is waited out once the phone has a network again.
    const back = ({ isConnected }: { isConnected: boolean }) => {
      if (!isConnected) return
      line.show()
      void outgoing().run()
    }
    Taro.onNetworkStatusChange(back)
    return () => {
      Taro.offNetworkStatusChange(back)
      line.hide()
    }
  }, [line, wanted])
}

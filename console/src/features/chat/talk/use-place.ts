import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Where each conversation was left; what comes meanwhile comes below. Who was at the end is not in it. */
const places = new Map<string, number>()
/** This near to the end counts as being there. */
const nearPx = 48

interface Place {
  readonly box: RefObject<HTMLDivElement>
  readonly atEnd: boolean
  /** How many came since one went up. */
  readonly fresh: number
  readonly toEnd: () => void
}

/**
 * Keeps one's place: a conversation opens where it was left, new words move it only for who reads at its end, and
 * earlier ones come in above without pushing what is read.
 */
export function usePlace(conversationId: string, firstSeq: number, count: number): Place {
  const box = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ atEnd: true, count: 0 })
  const before = useRef({ firstSeq, count, height: 0, stuck: true })
  const toEnd = useCallback(() => {
    const one = box.current
    if (one) one.scrollTop = one.scrollHeight
  }, [])
  const isThere = count > 0
  useLayoutEffect(() => {
    const one = box.current
    if (one === null || !isThere) return
    const left = places.get(conversationId)
    one.scrollTop = left ?? one.scrollHeight
    before.current.stuck = left === undefined
  }, [conversationId, isThere])
  useLayoutEffect(() => {
    const one = box.current
    if (one === null) return
    const last = before.current
    if (firstSeq < last.firstSeq) one.scrollTop += one.scrollHeight - last.height
    else if (last.stuck) one.scrollTop = one.scrollHeight
    before.current = { ...last, firstSeq, count, height: one.scrollHeight }
  }, [firstSeq, count])
  useEffect(() => {
    const one = box.current
    if (one === null) return undefined
    let seen = { height: one.scrollHeight, room: one.clientHeight }
    const note = (): void => {
      const now = { height: one.scrollHeight, room: one.clientHeight }
      const moved = now.height !== seen.height || now.room !== seen.room
      seen = now
      // Where the page moved and not the hand, who read at the end stays there.
      if (moved && before.current.stuck) {
        one.scrollTop = one.scrollHeight
        return
      }
      const fromEnd = one.scrollHeight - one.clientHeight - one.scrollTop
      const atEnd = fromEnd < nearPx
      if (atEnd) places.delete(conversationId)
      else places.set(conversationId, one.scrollTop)
      before.current.stuck = atEnd
      const { count } = before.current
      setView((last) => (last.atEnd || atEnd ? { atEnd, count } : last))
    }
    // Pictures that arrive later, and a pane that is dragged, change the height without a scroll.
    const watch = new ResizeObserver(() => {
      if (before.current.stuck) one.scrollTop = one.scrollHeight
      before.current.height = one.scrollHeight
    })
    one.addEventListener('scroll', note, { passive: true })
    watch.observe(one)
    if (one.firstElementChild) watch.observe(one.firstElementChild)
    return () => {
      one.removeEventListener('scroll', note)
      watch.disconnect()
    }
  }, [conversationId])
  return { box, atEnd: view.atEnd, fresh: view.atEnd ? 0 : Math.max(0, count - view.count), toEnd }
}

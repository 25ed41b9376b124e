import { useCallback, useRef } from 'react'
import { useLine } from '../../../kit/line/line-context'

/** The same message is not asked for more often than this, so that a broken picture is no flood of questions. */
const againMs = 60_000

/** Addresses of files live for five minutes; a page that is open longer gets new ones when it needs them. */
export function useStale(conversationId: string): (seq: number) => void {
  const line = useLine()
  const asked = useRef(new Map<number, number>())
  return useCallback(
    (seq) => {
      const now = Date.now()
      if (now - (asked.current.get(seq) ?? 0) < againMs) return
      asked.current.set(seq, now)
      // Without an answer the picture stays as it is.
      line.renew(conversationId, seq).catch(() => undefined)
    },
    [line, conversationId],
  )
}

import { useCallback, useEffect, useRef, useState } from 'react'
import { isUnsure } from '../../../api/errors'
import { refresh } from '../../../api/query'
import { useLine, useLineState } from '../../../kit/line/line-context'
import { useNow } from '../../../kit/now'
import { figuresOf } from './figures'

/** What is shown is read anew this often; sooner while somebody may be paying what was sent to them. */
const renewMs = 120_000
const renewBillMs = 8_000
const againMs = 3_000

/** Opens the conversation, and again when the line is back, since messages may have been recalled meanwhile. */
export function useThread(conversationId: string): {
  readonly loaded: boolean
  readonly error: unknown
  readonly open: () => void
} {
  const line = useLine()
  const state = useLineState()
  const isUp = state === 'open' || state === 'polling'
  const [error, setError] = useState<unknown>(null)
  const loaded = line.threads.get(conversationId).loaded
  const open = useCallback((): void => {
    line.open(conversationId).then(() => setError(null), setError)
  }, [line, conversationId])
  useEffect(() => {
    // A line that is lost may still leave the way to the first page.
    if (isUp || !loaded) open()
  }, [open, isUp, loaded])
  useEffect(() => {
    // A server that was busy is asked again without anybody's hand.
    if (loaded || !isUnsure(error)) return undefined
    const timer = setTimeout(open, againMs)
    return () => clearTimeout(timer)
  }, [open, loaded, error])
  const { items } = line.threads.get(conversationId)
  const { lines, isAsked } = figuresOf(items, useNow())
  useEffect(() => {
    // Figures of cards are looked up as one reads, and addresses of pictures live for minutes.
    const timer = setInterval(() => !document.hidden && isUp && open(), isAsked ? renewBillMs : renewMs)
    return () => clearInterval(timer)
  }, [open, isUp, isAsked])
  const known = useRef(lines)
  useEffect(() => {
    // A card that says something else now tells that what stands beside the conversation is old.
    if (known.current !== '' && known.current !== lines) refresh(['chatDesk.context'])
    known.current = lines
  }, [lines])
  return { loaded, error, open }
}

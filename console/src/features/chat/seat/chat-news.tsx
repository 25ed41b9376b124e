import { useEffect, useRef } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { handsWithin } from '../../../api/hands'
import { refresh } from '../../../api/query'
import type { FrameOut, ListWhy } from '../../../kit/line/frames'
import { useFrames, useLineState } from '../../../kit/line/line-context'
import { setWaiting } from '../../../kit/title'
import { useWords } from '../../../words/language'
import { keepConversation, keepReads } from '../api/acts'
import { useConversations } from '../api/reads'
import { alertFor, createHush } from './alerts'
import { isOn, permissionNow } from './choices'
import { play } from './sound'
import { seatWords } from './words'

/** Who has touched nothing for so long may have left the desk, and is called back by the sound. */
const thereMs = 60_000
/** Changes within this time are told together. */
const gatherMs = 400

/** What the line brings, wherever one is in the console: lists are read anew, sounds sound, the tab says how many wait. */
export function ChatNews() {
  const words = useWords(seatWords)
  const go = useNavigate()
  const { pathname } = useLocation()
  const hush = useRef(createHush(Date.now))
  const touch = useGathered()
  useUnread()
  useRefreshWhenBack()
  const show = (why: Exclude<ListWhy, 'changed'>, conversationId: string | null): void => {
    // Without words of the resident: a notification is seen by whoever passes the screen.
    const note = new Notification(words.news[why], { body: words.newsText, tag: `${why}-${conversationId}` })
    note.addEventListener('click', () => {
      window.focus()
      void go(why === 'call' ? '/calls' : conversationId === null ? '/chat' : `/chat/${conversationId}`)
      note.close()
    })
  }
  const alert = (why: ListWhy, conversationId: string | null): void => {
    const seen =
      document.hidden || !handsWithin(thereMs) ? null : (/^\/chat\/([^/]+)/.exec(pathname)?.[1] ?? null)
    const desktop = isOn('desktop') && permissionNow() === 'granted' && document.hidden
    const made = alertFor(why, conversationId, { seen, sound: isOn('sound'), desktop })
    if (made === null || why === 'changed' || !hush.current(why)) return
    play(made.notes)
    if (made.shows) show(why, conversationId)
  }
  useFrames((frame: FrameOut) => {
    if (frame.op === 'deskConversation') keepConversation(frame.conversation)
    if (frame.op === 'read') {
      const { residentReadSeq, staffReadSeq } = frame
      keepReads(frame.conversationId, { residentReadSeq, staffReadSeq })
      touch(lists)
    }
    // What happened may have changed what is owed, open or noted.
    if (frame.op === 'messages' && frame.items.some(({ content }) => content.kind === 'event'))
      touch(['chatDesk.context', 'chatDesk.get'])
    if (frame.op !== 'list') return
    touch(frame.why === 'call' ? ['calls.mine', 'calls.list'] : lists)
    alert(frame.why, frame.conversationId)
  })
  return null
}

const lists = ['chatDesk.list', 'seats.me', 'chatBoard.read']

function useGathered(): (names: readonly string[]) => void {
  const names = useRef(new Set<string>())
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  return (more) => {
    for (const name of more) names.current.add(name)
    timer.current ??= setTimeout(() => {
      timer.current = null
      refresh([...names.current])
      names.current.clear()
    }, gatherMs)
  }
}

/** What happened while nobody listened. */
function useRefreshWhenBack(): void {
  const isOpen = useLineState() === 'open'
  useEffect(() => {
    if (isOpen) refresh([...lists, 'chatDesk.get', 'calls.mine'])
  }, [isOpen])
}

/** The same question as the list of my conversations asks, so it is asked once. */
function useUnread(): void {
  const mine = useConversations({ tab: 'mine', limit: 50 })
  const unread = mine.data?.counts.unread ?? 0
  useEffect(() => setWaiting(unread), [unread])
  useEffect(() => () => setWaiting(0), [])
}

import {
  lastMine,
  opensGroup,
  type Talk,
  withChanged,
  withConversation,
  withMessages,
  withOlder,
  withRead,
} from './timeline'
import type { ChatMessage, Conversation } from './types'

const message = (seq: number, more: Partial<ChatMessage> = {}): ChatMessage => ({
  id: `m${seq}`,
  conversationId: 'c1',
  seq,
  from: 'resident',
  name: '',
  mine: true,
  clientId: null,
  audience: 'all',
  at: 0,
  content: { kind: 'text', text: `${seq}` },
  mayRecallUntil: null,
  outside: null,
  ...more,
})
const conversation = { id: 'c1', version: 3, readSeq: 2, otherReadSeq: 1 } as Conversation
const talk = (...seqs: number[]): Talk => ({
  conversation,
  messages: seqs.map((seq) => message(seq)),
  more: true,
})
const seqs = ({ messages }: Talk): number[] => messages.map(({ seq }) => seq)

test('messages stand in the server’s order, each once, whatever way they came', () => {
  expect(seqs(withMessages(talk(2, 4), [message(3), message(4)]))).toEqual([2, 3, 4])
})
test('of two readings of a message the later one is shown', () => {
  const paid = message(2, { content: { kind: 'recalled' } })
  expect(withMessages(talk(2), [paid]).messages[0]?.content.kind).toBe('recalled')
})
test('a recalled message that is not on the screen brings nothing there', () => {
  expect(seqs(withChanged(talk(5, 6), message(1)))).toEqual([5, 6])
})
test('older messages come before and say whether there are more', () => {
  const older = withOlder(talk(5), [message(3), message(4)], false)
  expect([seqs(older), older.more]).toEqual([[3, 4, 5], false])
})
test('an answer that is older than what is shown changes nothing', () => {
  expect(withConversation(talk(), { ...conversation, version: 2 }).conversation.version).toBe(3)
  expect(withConversation(talk(), { ...conversation, position: 4 }).conversation.position).toBe(4)
})
test('nobody has read less than before', () => {
  const { readSeq, otherReadSeq } = withRead(talk(), { residentReadSeq: 1, staffReadSeq: 5 }).conversation
  expect([readSeq, otherReadSeq]).toEqual([2, 5])
})
test('the time stands above what comes after a silence or on another day', () => {
  const at = (iso: string) => message(1, { at: Date.parse(iso) })
  const noon = at('2026-11-22T12:00:00+08:00')
  expect(opensGroup(undefined, noon)).toBe(true)
  expect(opensGroup(noon, at('2026-11-22T12:04:00+08:00'))).toBe(false)
  expect(opensGroup(noon, at('2026-11-22T12:06:00+08:00'))).toBe(true)
  expect(opensGroup(at('2026-11-22T23:59:00+08:00'), at('2026-11-23T00:01:00+08:00'))).toBe(true)
})
test('the mark of having been read stands at my last message', () => {
  const all = [
    message(1),
    message(2),
    message(3, { content: { kind: 'recalled' } }),
    message(4, { mine: false }),
  ]
  expect(lastMine(all)?.seq).toBe(2)
})

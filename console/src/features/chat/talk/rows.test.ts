import type { ChatMessage } from '../../../kit/line/frames'
import { byDay, firstUnread, followsOn, sideOf, stateOf } from './rows'

const text = { kind: 'text', text: 'x' } as const
const message = (seq: number, more: Partial<ChatMessage> = {}): ChatMessage =>
  ({ seq, from: 'resident', audience: 'all', at: 0, content: text, outside: null, ...more }) as ChatMessage

test('a note of a colleague never looks like an answer to the resident', () => {
  expect(sideOf(message(1, { from: 'staff', audience: 'note' }))).toBe('note')
  expect(sideOf(message(1, { from: 'staff', audience: 'whisper' }))).toBe('whisper')
  expect(sideOf(message(1, { from: 'staff' }))).toBe('us')
  expect([sideOf(message(1)), sideOf(message(1, { from: 'bot' }))]).toEqual(['them', 'bot'])
  const event = { kind: 'event', event: 'taken', text: '客服王芳接入' } as const
  expect(sideOf(message(1, { from: 'system', audience: 'note', content: event }))).toBe('line')
})
test('days are Shanghai’s', () => {
  const late = Date.parse('2026-11-21T15:59:00Z')
  const days = byDay([message(1, { at: late }), message(2, { at: late + 120_000 })])
  expect(days.map(({ day, items }) => [day, items.length])).toEqual([
    ['2026-11-21', 1],
    ['2026-11-22', 1],
  ])
})
test('new is what the resident wrote after the desk last read', () => {
  const items = [message(1), message(2, { from: 'bot' }), message(3), message(4)]
  expect([firstUnread(items, 1), firstUnread(items, 4)]).toEqual([3, null])
})
test('a name stands above the first of several messages; a note among answers is never taken for one', () => {
  const first = message(1, { name: '*玉' })
  expect(followsOn(undefined, first)).toBe(false)
  expect(followsOn(first, message(2, { name: '*玉', at: 119_000 }))).toBe(true)
  expect(followsOn(first, message(2, { name: '*玉', at: 120_000 }))).toBe(false)
  const ours = message(2, { from: 'staff', name: '王晓' })
  expect(followsOn(first, ours)).toBe(false)
  expect(followsOn(ours, message(3, { from: 'staff', name: '王晓', audience: 'note' }))).toBe(false)
})
test('a message says how far it has come; notes say nothing', () => {
  const ours = (more: Partial<ChatMessage>) => message(5, { from: 'staff', ...more })
  expect([stateOf(ours({}), 4), stateOf(ours({}), 5)]).toEqual(['delivered', 'read'])
  expect([stateOf(ours({ outside: 'due' }), 9), stateOf(ours({ outside: 'sent' }), 9)]).toEqual([
    'due',
    'delivered',
  ])
  expect([stateOf(ours({ audience: 'note' }), 9), stateOf(message(5), 9)]).toEqual([null, null])
})

import type { ChatMessage } from '../../../kit/line/frames'
import { figuresOf } from './figures'

const card = (type: string, line: string, more: object = {}) => ({
  type,
  id: 'x',
  line,
  gone: false,
  ...more,
})
const message = (at: number, content: object): ChatMessage => ({ at, content }) as ChatMessage

test('a bill that was sent a moment ago is looked at more often, and one of an hour ago is not', () => {
  const sent = [message(0, { kind: 'card', card: card('pay', '待缴 341.00 元') })]
  expect(figuresOf(sent, 60_000)).toEqual({ lines: '待缴 341.00 元', isAsked: true })
  expect(figuresOf(sent, 3_600_000).isAsked).toBe(false)
})
test('what other cards say is no figure; what the answers show of a debt is', () => {
  const items = [
    message(0, { kind: 'card', card: card('notice', '松海园抢修') }),
    message(0, { kind: 'card', card: card('pay', '', { gone: true }) }),
    message(0, { kind: 'text', text: '待缴' }),
  ]
  expect(figuresOf(items, 0)).toEqual({ lines: '', isAsked: false })
  const answered = message(0, { kind: 'answers', cards: [card('owed', '没有欠费')] })
  expect(figuresOf([...items, answered], 0)).toEqual({ lines: '没有欠费', isAsked: true })
})

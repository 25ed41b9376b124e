import type { Message } from './control'
import { button, h, moment } from './dom'
import { ICONS } from './icons'

/** One bubble of the conversation, as the control API gives it. */
export interface Bubble {
  id: string
  from: 'person' | 'account' | 'note'
  kind: 'text' | 'link' | 'image'
  text: string
  title?: string
  url?: string
  mediaId?: string
  at: number
}

/** A line of the chat: a bubble, or a template message, which WeChat shows as a card. */
type Line = { at: number; bubble: Bubble } | { at: number; card: Message }

const PAUSE_MS = 5 * 60_000

/** The conversation from the oldest to the newest line, with the time where there was a pause. */
export function drawChat(given: {
  bubbles: readonly Bubble[]
  cards: readonly Message[]
  person: { name: string }
  account: { name: string }
  nowMs: number
  open: (address: string) => void
  /** Where a picture of the chat is. */
  picture: (mediaId: string) => string
}): HTMLElement[] {
  const lines: Line[] = [
    ...given.bubbles.map((bubble) => ({ at: bubble.at, bubble })),
    ...given.cards.map((card) => ({ at: card.at, card })),
  ].sort((a, b) => a.at - b.at)
  let lastMs = Number.NEGATIVE_INFINITY
  return lines.flatMap((line) => {
    const time = line.at - lastMs > PAUSE_MS ? [h('time', { text: chatTime(line.at, given.nowMs) })] : []
    lastMs = line.at
    return [...time, 'card' in line ? cardOf(line.card, given.open) : rowOf(line.bubble, given)]
  })
}

/** 14:20, 昨天 14:20 or 11月20日 14:20, as the chat dates what was said. */
function chatTime(ms: number, nowMs: number): string {
  const then = moment(ms)
  const isDay = (other: number): boolean => {
    const day = moment(other)
    return day.month === then.month && day.day === then.day && day.year === then.year
  }
  if (isDay(nowMs)) return then.time
  return isDay(nowMs - 86_400_000) ? `昨天 ${then.time}` : `${then.month}月${then.day}日 ${then.time}`
}

function rowOf(
  bubble: Bubble,
  given: Pick<Parameters<typeof drawChat>[0], 'person' | 'account' | 'open' | 'picture'>,
): HTMLElement {
  if (bubble.from === 'note') return h('p', { class: 'note', testid: 'chat-note', text: bubble.text })
  if (bubble.kind === 'link') return articleOf(bubble, given.open)
  const isMine = bubble.from === 'person'
  const name = isMine ? given.person.name : given.account.name
  return h(
    'div',
    { class: `bubble-row${isMine ? ' mine' : ''}`, testid: isMine ? 'chat-mine' : 'chat-account' },
    h('i', { class: `face${isMine ? ' avatar a1' : ''}`, text: isMine ? name.slice(-1) : '户' }),
    bubble.kind === 'image'
      ? pictureOf(given.picture(bubble.mediaId ?? ''))
      : h('div', { class: 'bubble' }, ...(isMine ? [bubble.text] : withLinks(bubble.text, given.open))),
  )
}

function pictureOf(address: string): HTMLElement {
  const picture = h('img', { class: 'picture', testid: 'chat-picture' })
  picture.src = address
  picture.alt = '图片'
  return picture
}

/** The account's text with its links; every other mark in it is text. */
function withLinks(text: string, open: (address: string) => void): (string | Node)[] {
  const parts: (string | Node)[] = []
  let at = 0
  for (const found of text.matchAll(/<a ([^>]*)>([^<]*)<\/a>/g)) {
    const address = /href="([^"]*)"/.exec(found[1] ?? '')?.[1] ?? ''
    const page = /data-miniprogram-path="([^"]*)"/.exec(found[1] ?? '')?.[1]
    const link = h('a', { href: address, text: found[2] ?? '', testid: 'chat-link' })
    link.addEventListener('click', (event) => {
      event.preventDefault()
      open(page ?? address)
    })
    parts.push(text.slice(at, found.index), link)
    at = found.index + found[0].length
  }
  return [...parts, text.slice(at)]
}

function goButton(address: string | undefined, open: (address: string) => void): HTMLElement | null {
  if (address === undefined || address === '') return null
  return button(
    { class: 'go', testid: 'chat-card-open', text: '查看详情', onclick: () => open(address) },
    h('i', { html: ICONS.chevron }),
  )
}

function cardOf(card: Message, open: (address: string) => void): HTMLElement {
  const go = goButton(card.page, open)
  return h(
    'article',
    { class: `chat-card${go ? '' : ' bare'}`, testid: 'chat-card' },
    h('h3', { text: card.title }),
    ...card.fields.map(({ label, value }) =>
      h('div', { class: 'field' }, h('span', { text: label }), h('b', { text: value })),
    ),
    go,
  )
}

function articleOf(bubble: Bubble, open: (address: string) => void): HTMLElement {
  const go = goButton(bubble.url, open)
  return h(
    'article',
    { class: `chat-card${go ? '' : ' bare'}`, testid: 'chat-article' },
    h('h3', { text: bubble.title ?? '' }),
    h('p', { text: bubble.text }),
    go,
  )
}

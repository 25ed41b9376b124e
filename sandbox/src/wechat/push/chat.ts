import type { Kernel, Table } from '../../kernel/kernel'

/** One thing in the conversation of a person and the service account, as their phone shows it. */
export interface Bubble {
  id: string
  personId: string
  /** Who said it; `note` is a grey line of WeChat itself. */
  from: 'person' | 'account' | 'note'
  /** `link` is an article with a title and an address. */
  kind: 'text' | 'link' | 'image'
  text: string
  title?: string
  url?: string
  /** Of a picture: under which the phone asks for it. */
  mediaId?: string
  /** Epoch milliseconds of the sandbox's clock. */
  at: number
}

const KEPT_PER_PERSON = 200

function bubbles(kernel: Kernel): Table<Bubble[]> {
  return kernel.store.table<Bubble[]>('wechat.account-chat')
}

/** The conversation of one person, oldest first. */
export function chatOf(kernel: Kernel, personId: string): Bubble[] {
  return bubbles(kernel).get(personId) ?? []
}

/** Adds to the conversation; the oldest go when there are more than two hundred. */
export function addBubble(kernel: Kernel, bubble: Omit<Bubble, 'id' | 'at'>): Bubble {
  const before = chatOf(kernel, bubble.personId)
  const last = Number(before.at(-1)?.id ?? 0)
  const row = { ...bubble, id: String(last + 1), at: kernel.clock.now() }
  bubbles(kernel).put(bubble.personId, [...before, row].slice(-KEPT_PER_PERSON))
  return row
}

/** Under which the conversation in the mini-program’s customer-service window is kept, which is another one. */
export function miniChat(personId: string): string {
  return `mini:${personId}`
}

/** What WeChat itself says when the account's server answers nothing, or nothing that can be read (wechat.md 2.3). */
export const OUT_OF_ORDER = '该公众号/服务号暂时无法提供服务，请稍后再试'

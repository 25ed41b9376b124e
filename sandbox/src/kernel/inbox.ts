import type { Store } from './store'

/** A message as a phone's drawer shows it. `at` is epoch milliseconds of the sandbox's clock. */
export interface PhoneMessage {
  id: string
  phone: 'wechat' | 'alipay' | 'sms'
  personId: string
  kind: string
  title: string
  fields: { label: string; value: string }[]
  /** The page a tap opens, as the sender gave it. */
  page?: string
  at: number
}

/** The messages that reached the phones, newest first. */
export interface PhoneInbox {
  push(message: Omit<PhoneMessage, 'id'>): PhoneMessage
  list(personId?: string, phone?: PhoneMessage['phone']): PhoneMessage[]
}

const KEPT = 2_000

/** An inbox kept in the store; the oldest messages go when there are more than two thousand. */
export function createInbox(store: Store): PhoneInbox {
  const table = store.table<PhoneMessage>('inbox')
  const order = table.all().map((message) => message.id)
  let last = order.reduce((highest, id) => Math.max(highest, Number(id)), 0)
  return {
    push: (message) => {
      last += 1
      const row = { ...message, id: String(last) }
      table.put(row.id, row)
      order.push(row.id)
      const oldest = order.length > KEPT ? order.shift() : undefined
      if (oldest !== undefined) table.delete(oldest)
      return row
    },
    list: (personId, phone) =>
      table
        .all()
        .filter(
          (row) => (personId === undefined || row.personId === personId) && (!phone || row.phone === phone),
        )
        .sort((a, b) => Number(b.id) - Number(a.id)),
  }
}

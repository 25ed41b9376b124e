import { col, defineTable } from '../../core/db/tables'

/** One thing said to one resident; the inbox shows it, other channels carry it. */
export interface MessageRow {
  id: string
  residentId: string
  template: string
  /** Why it was said, unique with the resident, so that the same cause never speaks twice. */
  reason: string
  title: string
  /** JSON: value name → text. */
  facts: string
  page: string | null
  wallet: string | null
  createdAt: number
  readAt: number | null
}

export const messageTable = defineTable<MessageRow>('message', {
  columns: {
    id: col.key(26),
    residentId: col.key(26),
    template: col.key(40),
    reason: col.key(96),
    title: col.words(40),
    facts: col.text(),
    page: col.key(200).orNull(),
    wallet: col.key(8).orNull(),
    createdAt: col.instant(),
    readAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { message_reason: ['reason', 'residentId'] },
  indexes: { message_by_resident: ['residentId', 'id'] },
})

/** One attempt to carry a message over one channel, written before it is sent. */
export interface DeliveryRow {
  id: string
  messageId: string
  channel: string
  state: string
  platformCode: string | null
  platformMessageId: string | null
  startedAt: number
  endedAt: number | null
}

export const deliveryTable = defineTable<DeliveryRow>('message_delivery', {
  columns: {
    id: col.key(26),
    messageId: col.key(26),
    channel: col.key(16),
    state: col.key(12),
    platformCode: col.key(64).orNull(),
    platformMessageId: col.key(64).orNull(),
    startedAt: col.instant(),
    endedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { delivery_channel: ['messageId', 'channel'] },
})

/** How many one-time messages a resident allowed us, per template; the platform's answers correct it. */
export interface CreditRow {
  residentId: string
  channel: string
  templateId: string
  credits: number
  updatedAt: number
}

export const creditTable = defineTable<CreditRow>('message_credit', {
  columns: {
    residentId: col.key(26),
    channel: col.key(16),
    templateId: col.key(128),
    credits: col.int(),
    updatedAt: col.instant(),
  },
  primaryKey: ['residentId', 'channel', 'templateId'],
})

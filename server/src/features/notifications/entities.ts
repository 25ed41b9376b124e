import { col, defineTable } from '../../core/db/tables'

/**
 * How a message ended: `sent` by some channel; `inbox` when no channel carried it and only our own inbox has it;
 * `unknown` when nobody can say; the others never left. `due` is the only one that is not final.
 */
export type MessageState =
  | 'due'
  | 'sent'
  | 'inbox'
  | 'unknown'
  | 'failed'
  | 'expired'
  | 'cancelled'
  | 'dropped'

/** One thing said to one resident; the inbox shows it, other channels carry it. The row is the queue. */
export interface MessageRow {
  id: string
  residentId: string
  template: string
  /** Why it was said, unique with the resident, so that the same cause never speaks twice. */
  reason: string
  /** Whose message it is, for its template ids, its cost and the reports; null for the portal's own. */
  companyId: string | null
  /** Whom it is about: who is not bound to it any more when it is their turn gets nothing. */
  householdId: string | null
  /** With many others: the text stands once, in the bulk's row. */
  bulkId: string | null
  title: string
  /** JSON: value name → text; of a bulk message what is its own. */
  facts: string
  page: string | null
  wallet: string | null
  /** 0 urgent, 1 normal, 2 may wait. */
  urgency: number
  state: MessageState
  /** When it is to be tried next; while somebody has it, the end of their lease; null once it is final. */
  dueAt: number | null
  /** Who has it: whoever lost the lease changes nothing. */
  token: string | null
  /** The channel that whoever has it is about to use, since when; whoever finds this after a lease takes it for sent. */
  trying: string | null
  tryingSince: number | null
  attempts: number
  /** The channel that rests and would carry it; `dueAt` is then when it expires. Null while it waits for nothing. */
  waitsFor: string | null
  expiresAt: number
  createdAt: number
  readAt: number | null
}

export const messageTable = defineTable<MessageRow>('message', {
  columns: {
    id: col.key(26),
    residentId: col.key(26),
    template: col.key(40),
    reason: col.key(96),
    companyId: col.key(32).orNull(),
    householdId: col.key(26).orNull(),
    bulkId: col.key(26).orNull(),
    title: col.words(60),
    facts: col.text(),
    page: col.key(200).orNull(),
    wallet: col.key(8).orNull(),
    urgency: col.int(),
    state: col.key(12),
    dueAt: col.instant().orNull(),
    token: col.key(32).orNull(),
    trying: col.key(16).orNull(),
    tryingSince: col.instant().orNull(),
    attempts: col.int(),
    waitsFor: col.key(16).orNull(),
    expiresAt: col.instant(),
    createdAt: col.instant(),
    readAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { message_reason: ['reason', 'residentId'] },
  indexes: {
    message_by_resident: ['residentId', 'id'],
    message_due: ['urgency', 'dueAt', 'id'],
    message_waits: ['waitsFor', 'urgency', 'id'],
    message_by_bulk: ['bulkId', 'id'],
  },
})

/** One thing said to very many: what all of them read, and whether it may still be said. */
export interface BulkRow {
  id: string
  companyId: string | null
  template: string
  title: string
  /** JSON: value name → text, shared by all. */
  facts: string
  page: string | null
  urgency: number
  /** spreading: rows are still being made; sending: all are there; done: all are final; stopped: nothing is sent any more. */
  state: 'spreading' | 'sending' | 'done' | 'stopped'
  expiresAt: number
  createdAt: number
  stoppedAt: number | null
  endedAt: number | null
}

export const bulkTable = defineTable<BulkRow>('message_bulk', {
  columns: {
    id: col.key(26),
    companyId: col.key(32).orNull(),
    template: col.key(40),
    title: col.words(60),
    facts: col.text(),
    page: col.key(200).orNull(),
    urgency: col.int(),
    state: col.key(12),
    expiresAt: col.instant(),
    createdAt: col.instant(),
    stoppedAt: col.instant().orNull(),
    endedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  indexes: { message_bulk_by_state: ['state', 'id'] },
})

/** How one attempt to carry a message over one channel ended; until then it stands in the message's row. */
export interface DeliveryRow {
  messageId: string
  channel: string
  state: 'delivered' | 'refused' | 'failed' | 'unknown'
  platformCode: string | null
  platformMessageId: string | null
  /** What it cost us; 0 where the channel is free. */
  costFen: number
  startedAt: number
  endedAt: number
  /** What the platform told us later: delivered, or why not. */
  reportedAt: number | null
}

export const deliveryTable = defineTable<DeliveryRow>('message_delivery', {
  columns: {
    messageId: col.key(26),
    channel: col.key(16),
    state: col.key(12),
    platformCode: col.key(64).orNull(),
    platformMessageId: col.key(64).orNull(),
    costFen: col.fen(),
    startedAt: col.instant(),
    endedAt: col.instant(),
    reportedAt: col.instant().orNull(),
  },
  primaryKey: ['messageId', 'channel'],
  indexes: { delivery_by_platform_id: ['platformMessageId'] },
})

/** Counts by day and kind, kept in the transaction that ends a delivery or a message. */
export interface TallyRow {
  /** Shanghai day, such as 2026-11-22. */
  day: string
  companyId: string
  template: string
  bulkId: string
  /** A channel, or `inbox` for what the message itself became. */
  channel: string
  /** A delivery's or a message's final state; `made` counts the rows of a bulk as they are made. */
  state: string
  n: number
  costFen: number
}

export const tallyTable = defineTable<TallyRow>('message_tally', {
  columns: {
    day: col.key(10),
    companyId: col.key(32),
    template: col.key(40),
    bulkId: col.key(26),
    channel: col.key(16),
    state: col.key(12),
    n: col.int(),
    costFen: col.fen(),
  },
  primaryKey: ['day', 'companyId', 'template', 'bulkId', 'channel', 'state'],
  indexes: { message_tally_by_bulk: ['bulkId'] },
})

/** What a resident does not want pushed; our own inbox has it all the same. */
export interface SwitchRow {
  residentId: string
  template: string
  off: number
  updatedAt: number
}

export const switchTable = defineTable<SwitchRow>('message_switch', {
  columns: {
    residentId: col.key(26),
    template: col.key(40),
    off: col.flag(),
    updatedAt: col.instant(),
  },
  primaryKey: ['residentId', 'template'],
})

/** A channel, or one template of it, that rests: for a while, or until a person lets it go on. */
export interface RestRow {
  channel: string
  /** The platform's template id; `*` for the whole channel. */
  templateId: string
  /** Failures in a row that count towards a rest; any success sets them back. */
  failures: number
  reason: string | null
  /** Null while it works. The far future until a person lets it go on. */
  restsUntil: number | null
  /** When one message may try whether it works again. */
  probeAt: number | null
  updatedAt: number
}

export const restTable = defineTable<RestRow>('message_rest', {
  columns: {
    channel: col.key(16),
    templateId: col.key(128),
    failures: col.int(),
    reason: col.key(64).orNull(),
    restsUntil: col.instant().orNull(),
    probeAt: col.instant().orNull(),
    updatedAt: col.instant(),
  },
  primaryKey: ['channel', 'templateId'],
})

/** What text messages cost one company in one month. */
export interface SmsMonthRow {
  companyId: string
  /** Shanghai month, such as 2026-11. */
  month: string
  parts: number
  costFen: number
  warnedAt: number | null
  stoppedAt: number | null
}

export const smsMonthTable = defineTable<SmsMonthRow>('sms_month', {
  columns: {
    companyId: col.key(32),
    month: col.key(7),
    parts: col.int(),
    costFen: col.fen(),
    warnedAt: col.instant().orNull(),
    stoppedAt: col.instant().orNull(),
  },
  primaryKey: ['companyId', 'month'],
})

/** How many one-time messages a resident allowed us, per template; the platform's answers correct it. */
export interface CreditRow {
  residentId: string
  channel: string
  templateId: string
  credits: number
  /** When it is good for nothing any more; null where it lasts. */
  endsAt: number | null
  updatedAt: number
}

export const creditTable = defineTable<CreditRow>('message_credit', {
  columns: {
    residentId: col.key(26),
    channel: col.key(16),
    templateId: col.key(128),
    credits: col.int(),
    endsAt: col.instant().orNull(),
    updatedAt: col.instant(),
  },
  primaryKey: ['residentId', 'channel', 'templateId'],
})

/** An address that a resident confirmed with a code, or that waits for one. */
export interface EmailRow {
  residentId: string
  addressSealed: string | null
  confirmedAt: number | null
  /** The address that is being confirmed, and what proves it. */
  pendingSealed: string | null
  codeHash: string | null
  triesLeft: number
  codeSentAt: number | null
  codeExpiresAt: number | null
}

export const emailTable = defineTable<EmailRow>('resident_email', {
  columns: {
    residentId: col.key(26),
    addressSealed: col.text().orNull(),
    confirmedAt: col.instant().orNull(),
    pendingSealed: col.text().orNull(),
    codeHash: col.key(64).orNull(),
    triesLeft: col.int(),
    codeSentAt: col.instant().orNull(),
    codeExpiresAt: col.instant().orNull(),
  },
  primaryKey: ['residentId'],
})

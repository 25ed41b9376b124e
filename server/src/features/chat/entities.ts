import { col, defineTable } from '../../core/db/tables'

/**
 * - `bot`: the knowledge base answers
 * - `waiting`: the resident waits for a person
 * - `active`: an agent has it
 * - `closed`
 */
export type ConversationState = 'bot' | 'waiting' | 'active' | 'closed'
export type ConversationChannel = 'app' | 'wechat-oa' | 'wechat-mini'

/** One conversation of a resident with one company. At most one per resident and company is open at a time. */
export interface ConversationRow {
  id: string
  companyId: string
  /** Of the household it is about; empty where none is known, so that only people of the whole company see it. */
  areaPath: string
  householdId: string | null
  /** Null for somebody who writes to the official account and has no resident's account with us. */
  residentId: string | null
  /** Where the resident wrote last, and so where answers go. */
  channel: ConversationChannel
  /** Of who writes in WeChat's own window, as the official feature knows them; null before they ever did. */
  personIndex: string | null
  /** What is shown as the other side's name: a masked name, or 微信用户. */
  residentName: string
  /** Set while it is open: resident or person, and company; so that there are never two. */
  openKey: string | null
  state: ConversationState
  /** From the company's list of topics; null before anybody chose. */
  topic: string | null
  /** Who may take it; null for anybody. */
  skill: string | null
  /** Larger is sooner (policy.ts). */
  priority: number
  /** When a person was first asked for; null while nobody was. */
  calledAt: number | null
  /** Since when the resident waits for somebody to take it; null otherwise. */
  waitingSince: number | null
  /** How long it waited until an agent first had it. */
  queuedMs: number | null
  assigneeId: string | null
  assigneeName: string | null
  assignedAt: number | null
  /** Until when this agent's first answer is awaited; null once it came. */
  answerBy: number | null
  /** How many agents it was taken from because they did not answer. */
  reassigned: number
  /** Those agents' ids as JSON: it goes to somebody else next. */
  passedBy: string
  /** A warm hand-over: who is asked to take it until when, while it stays with who has it. */
  offeredToId: string | null
  offeredToName: string | null
  offerUntil: number | null
  /** When the first words of a person came, for the whole conversation. */
  firstAnswerAt: number | null
  /** The last words of the resident that no person has answered yet; null when all are answered. */
  unansweredSince: number | null
  escalatedAt: number | null
  /** Sequence numbers begin at 1 and have no gaps. */
  lastSeq: number
  residentReadSeq: number
  staffReadSeq: number
  lastAt: number
  /** When the resident was last heard of: the 48 hours of the platform's window count from it. */
  residentAt: number | null
  /** The resident was told that it closes by itself soon. */
  idleWarnedAt: number | null
  closedAt: number | null
  closedBy: string | null
  closeReason: string | null
  requestId: string | null
  stars: number | null
  ratingReasons: string | null
  ratingWords: string | null
  ratedAt: number | null
  version: number
  createdAt: number
  /** Rises with every change, reads and recalls among them: other processes find by it what is new. */
  updatedAt: number
}

export const conversationTable = defineTable<ConversationRow>('conversation', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    areaPath: col.key(160),
    householdId: col.key(26).orNull(),
    residentId: col.key(26).orNull(),
    channel: col.key(12),
    personIndex: col.key(64).orNull(),
    residentName: col.words(40),
    openKey: col.key(100).orNull(),
    state: col.key(8),
    topic: col.key(32).orNull(),
    skill: col.key(32).orNull(),
    priority: col.int(),
    calledAt: col.instant().orNull(),
    waitingSince: col.instant().orNull(),
    queuedMs: col.int().orNull(),
    assigneeId: col.key(26).orNull(),
    assigneeName: col.words(20).orNull(),
    assignedAt: col.instant().orNull(),
    answerBy: col.instant().orNull(),
    reassigned: col.int(),
    passedBy: col.text(),
    offeredToId: col.key(26).orNull(),
    offeredToName: col.words(20).orNull(),
    offerUntil: col.instant().orNull(),
    firstAnswerAt: col.instant().orNull(),
    unansweredSince: col.instant().orNull(),
    escalatedAt: col.instant().orNull(),
    lastSeq: col.int(),
    residentReadSeq: col.int(),
    staffReadSeq: col.int(),
    lastAt: col.instant(),
    residentAt: col.instant().orNull(),
    idleWarnedAt: col.instant().orNull(),
    closedAt: col.instant().orNull(),
    closedBy: col.key(8).orNull(),
    closeReason: col.key(24).orNull(),
    requestId: col.key(26).orNull(),
    stars: col.int().orNull(),
    ratingReasons: col.text().orNull(),
    ratingWords: col.words(300).orNull(),
    ratedAt: col.instant().orNull(),
    version: col.int(),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { conversation_open: ['openKey'] },
  indexes: {
    conversation_of_resident: ['residentId', 'lastAt', 'id'],
    conversation_of_person: ['personIndex', 'id'],
    conversation_queue: ['state', 'companyId', 'priority', 'waitingSince'],
    conversation_of_agent: ['assigneeId', 'state', 'lastAt'],
    conversation_of_company: ['companyId', 'state', 'lastAt', 'id'],
    conversation_of_household: ['householdId', 'lastAt'],
    conversation_answer_by: ['answerBy', 'id'],
    conversation_changed: ['updatedAt', 'id'],
    conversation_idle: ['state', 'lastAt', 'id'],
    conversation_offered: ['offeredToId', 'offerUntil'],
    conversation_offer_until: ['offerUntil', 'id'],
  },
})

export type SenderKind = 'resident' | 'staff' | 'bot' | 'system'
export type ContentKind = 'text' | 'image' | 'voice' | 'card' | 'answers' | 'event'

/** One message. Rows are only added; a recall empties one. */
export interface ChatMessageRow {
  conversationId: string
  seq: number
  id: string
  senderKind: SenderKind
  /** Resident or staff id; empty for the bot and the system. */
  senderId: string
  senderName: string
  /** The client's name for it, unique per sender and conversation: a repeat gives the first row. */
  clientId: string
  kind: ContentKind
  /** `all`, or staff only: `note` for colleagues, `whisper` from a supervisor to the agent. */
  audience: 'all' | 'note' | 'whisper'
  /** The content as JSON under seal (stored-content.ts); empty once it was recalled or its time is over. */
  bodySealed: string
  /** Of what has a body: when it was written; null when there is none any more. */
  bodyAt: number | null
  fileId: string | null
  createdAt: number
  recalledAt: number | null
  /** For the platform's windows: `due` while it is to be sent there, then how it ended; null for our own pages. */
  outside: 'due' | 'sent' | 'failed' | 'unknown' | null
  /** When it ended there. */
  outsideAt: number | null
}

export const chatMessageTable = defineTable<ChatMessageRow>('chat_message', {
  columns: {
    conversationId: col.key(26),
    seq: col.int(),
    id: col.key(26),
    senderKind: col.key(8),
    senderId: col.key(26),
    senderName: col.words(40),
    clientId: col.key(64),
    kind: col.key(8),
    audience: col.key(8),
    bodySealed: col.text(),
    bodyAt: col.instant().orNull(),
    fileId: col.key(26).orNull(),
    createdAt: col.instant(),
    recalledAt: col.instant().orNull(),
    outside: col.key(8).orNull(),
    outsideAt: col.instant().orNull(),
  },
  primaryKey: ['conversationId', 'seq'],
  unique: {
    chat_message_once: ['conversationId', 'senderKind', 'senderId', 'clientId'],
    chat_message_id: ['id'],
  },
  indexes: { chat_message_by_age: ['bodyAt'] },
})

/** The way of one conversation to WeChat's own window: one thing at a time goes over it, in order. */
export interface OutsideLaneRow {
  conversationId: string
  /** Where to: the channel and the person of the newest message that is to go. */
  channel: ConversationChannel
  personIndex: string
  /** When it goes on; while somebody sends, the end of their lease; null while nothing is to go. */
  dueAt: number | null
  /** Who is sending; whoever lost it changes nothing. */
  token: string | null
  /** What is being sent: the messages from the first number to the last, as one, and which part of it. */
  firstSeq: number
  lastSeq: number
  part: number
  /** How often the platform asked us to come back. */
  attempts: number
}

export const outsideLaneTable = defineTable<OutsideLaneRow>('outside_lane', {
  columns: {
    conversationId: col.key(26),
    channel: col.key(12),
    personIndex: col.key(64),
    dueAt: col.instant().orNull(),
    token: col.key(32).orNull(),
    firstSeq: col.int(),
    lastSeq: col.int(),
    part: col.int(),
    attempts: col.int(),
  },
  primaryKey: ['conversationId'],
  indexes: { outside_lane_due: ['dueAt', 'conversationId'] },
})

export type SeatState = 'open' | 'break' | 'away' | 'off'

/** An agent's seat: whether conversations come to it, and how many at a time. */
export interface SeatRow {
  staffId: string
  state: SeatState
  /** How many conversations at a time, set by the agent. */
  capacity: number
  /** When a break is over by itself. */
  until: number | null
  since: number
  /** When this agent last did anything in the chat: auto-away counts from it. */
  activeAt: number
  /** When one was last given to it, so that turns go round. */
  lastGivenAt: number
  /** How many in a row it let pass without a first answer. */
  missed: number
  /** Words for whoever takes over at the end of the shift. */
  handOver: string | null
  handOverAt: number | null
}

export const seatTable = defineTable<SeatRow>('seat', {
  columns: {
    staffId: col.key(26),
    state: col.key(8),
    capacity: col.int(),
    until: col.instant().orNull(),
    since: col.instant(),
    activeAt: col.instant(),
    lastGivenAt: col.instant(),
    missed: col.int(),
    handOver: col.words(500).orNull(),
    handOverAt: col.instant().orNull(),
  },
  primaryKey: ['staffId'],
  indexes: { seat_by_state: ['state', 'lastGivenAt'] },
})

/** How long an agent was in one state, for the board and the reports; `endedAt` null is now. */
export interface SeatSpanRow {
  id: string
  staffId: string
  state: SeatState
  startedAt: number
  endedAt: number | null
}

export const seatSpanTable = defineTable<SeatSpanRow>('seat_span', {
  columns: {
    id: col.key(26),
    staffId: col.key(26),
    state: col.key(8),
    startedAt: col.instant(),
    endedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  indexes: { seat_span_of_staff: ['staffId', 'startedAt'], seat_span_by_start: ['startedAt'] },
})

/** What agents keep about a resident for the next time; internal. */
export interface ResidentNoteRow {
  id: string
  residentId: string
  companyId: string
  words: string
  byId: string
  byName: string
  at: number
  removedAt: number | null
}

export const residentNoteTable = defineTable<ResidentNoteRow>('resident_note', {
  columns: {
    id: col.key(26),
    residentId: col.key(26),
    companyId: col.key(32),
    words: col.words(300),
    byId: col.key(26),
    byName: col.words(20),
    at: col.instant(),
    removedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  indexes: { resident_note_of: ['residentId', 'companyId', 'id'] },
})

/** A conversation that somebody is to look at (质检), and what they found. */
export interface ChatReviewRow {
  id: string
  conversationId: string
  companyId: string
  areaPath: string
  agentId: string
  agentName: string
  /** The rule that chose it, such as low-rating, long-wait, random. */
  rule: string
  state: 'open' | 'done'
  /** Points by item of the score sheet, as JSON. */
  scores: string | null
  total: number | null
  words: string | null
  byId: string | null
  byName: string | null
  createdAt: number
  doneAt: number | null
}

export const chatReviewTable = defineTable<ChatReviewRow>('chat_review', {
  columns: {
    id: col.key(26),
    conversationId: col.key(26),
    companyId: col.key(32),
    areaPath: col.key(160),
    agentId: col.key(26),
    agentName: col.words(20),
    rule: col.key(24),
    state: col.key(8),
    scores: col.text().orNull(),
    total: col.int().orNull(),
    words: col.words(500).orNull(),
    byId: col.key(26).orNull(),
    byName: col.words(20).orNull(),
    createdAt: col.instant(),
    doneAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { chat_review_once: ['conversationId'] },
  indexes: {
    chat_review_open: ['companyId', 'state', 'createdAt', 'id'],
    chat_review_of_agent: ['agentId', 'createdAt'],
  },
})

/** A ready answer of the chat. */
export interface CannedRow {
  id: string
  companyId: string | null
  shortcut: string
  title: string
  text: string
  fileId: string | null
  byId: string
  updatedAt: number
}

export const cannedTable = defineTable<CannedRow>('canned', {
  columns: {
    id: col.key(26),
    companyId: col.key(32).orNull(),
    shortcut: col.words(20),
    title: col.words(30),
    text: col.words(500),
    fileId: col.key(26).orNull(),
    byId: col.key(26),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  indexes: { canned_of_company: ['companyId', 'shortcut'] },
})

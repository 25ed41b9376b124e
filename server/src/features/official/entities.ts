import { col, defineTable } from '../../core/db/tables'

/** One thing the platform pushed to us, once: what it repeats is known by its key, and what must follow is a job. */
export interface OfficialEventRow {
  /** Equal for every delivery of one message: of its MsgId, or of sender, second, event and key (wechat.md 2.3). */
  dedupe: string
  appId: string
  kind: string
  /** Blind index of the sender; null for events without one. */
  personIndex: string | null
  /** The event as JSON under seal, because the sender's id is in it; empty once nothing has to follow any more. */
  eventSealed: string
  /** The platform's template ids, with commas between them, of an event about permissions; else null. */
  about: string | null
  /** By the platform's clock, in whole seconds; what came late is known by it. */
  happenedAt: number
  receivedAt: number
  /** Before an answer is sent, so that no answer is sent twice; null while none was begun. */
  answeringAt: number | null
  doneAt: number | null
}

export const officialEventTable = defineTable<OfficialEventRow>('official_event', {
  columns: {
    dedupe: col.key(64),
    appId: col.key(32),
    kind: col.key(24),
    personIndex: col.key(64).orNull(),
    eventSealed: col.text(),
    about: col.words(600).orNull(),
    happenedAt: col.instant(),
    receivedAt: col.instant(),
    answeringAt: col.instant().orNull(),
    doneAt: col.instant().orNull(),
  },
  primaryKey: ['dedupe'],
  indexes: {
    official_event_by_person: ['personIndex', 'happenedAt'],
    official_event_by_age: ['receivedAt'],
  },
})

/** What somebody wrote to the account, kept so that a person can read and answer it; deleted after `official.keepDays`. */
export interface OfficialMessageRow {
  id: string
  appId: string
  personIndex: string
  /** The sender's id, for an answer; under seal. */
  openidSealed: string
  /** Null for somebody who is not, or not yet, a resident. */
  residentId: string | null
  /** text, image, voice, video, shortvideo, location or link. */
  kind: string
  /** Under seal; empty for what is no text. */
  wordsSealed: string
  /** Under which the platform keeps a picture or a recording for three days. */
  mediaId: string | null
  /** The names of the answers that were given, with commas between them; null when it is for a person to answer. */
  answered: string | null
  /** While whoever talks with people has not taken it (take-words.ts): when that is to be tried; null otherwise. */
  dueAt: number | null
  createdAt: number
}

export const officialMessageTable = defineTable<OfficialMessageRow>('official_message', {
  columns: {
    id: col.key(26),
    appId: col.key(32),
    personIndex: col.key(64),
    openidSealed: col.text(),
    residentId: col.key(26).orNull(),
    kind: col.key(16),
    wordsSealed: col.text(),
    mediaId: col.key(200).orNull(),
    answered: col.key(120).orNull(),
    dueAt: col.instant().orNull(),
    createdAt: col.instant(),
  },
  primaryKey: ['id'],
  indexes: {
    official_message_by_resident: ['residentId'],
    official_message_of: ['personIndex', 'id'],
    official_message_due: ['dueAt', 'id'],
    official_message_by_age: ['createdAt'],
  },
})

/** Somebody who wrote to one of our accounts: where an answer goes, and whether people are talking with them there. */
export interface OfficialTalkRow {
  /** Of this account alone: the account's id is in it. */
  personIndex: string
  appId: string
  /** Their id at the account, under seal; it goes with the row when they leave. */
  openidSealed: string
  /** While somebody talks with them, or they wait for it, no configured answer comes in between. */
  isLive: number
  /** What the mini-program said it was opened from. */
  sessionFrom: string | null
  updatedAt: number
}

export const officialTalkTable = defineTable<OfficialTalkRow>('official_talk', {
  columns: {
    personIndex: col.key(64),
    appId: col.key(32),
    openidSealed: col.text(),
    isLive: col.flag(),
    sessionFrom: col.words(200).orNull(),
    updatedAt: col.instant(),
  },
  primaryKey: ['personIndex'],
  indexes: { official_talk_by_age: ['updatedAt'] },
})

/** A menu that was published, newest last. */
export interface OfficialMenuRow {
  id: string
  /** The menu as it was sent, as JSON. */
  menu: string
  publishedAt: number
  byId: string
  byName: string
}

export const officialMenuTable = defineTable<OfficialMenuRow>('official_menu', {
  columns: {
    id: col.key(26),
    menu: col.text(),
    publishedAt: col.instant(),
    byId: col.key(26),
    byName: col.words(40),
  },
  primaryKey: ['id'],
})

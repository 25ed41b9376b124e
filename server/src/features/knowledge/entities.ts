import { col, defineTable } from '../../core/db/tables'

export type ArticleKind = 'article' | 'qa' | 'case' | 'template'
export type ArticleState = 'draft' | 'review' | 'published' | 'retired'

/** One piece of knowledge of a company; what it says stands in its versions. */
export interface ArticleRow {
  id: string
  companyId: string
  /** Of the version that people read, or of the newest while none is read; audience, types and days are, too. */
  kind: ArticleKind
  /** Of the newest version; `liveVersion` says which one people read. */
  state: ArticleState
  /** The newest version's title, so that lists need no second table. */
  title: string
  /** `internal` is for staff only. */
  audience: 'public' | 'internal'
  /** What it is about, as ids of service types with commas between and around them; `,` alone for none. */
  typeIds: string
  newestVersion: number
  /** The version that is published; null while none is. */
  liveVersion: number | null
  /** Rises with each change, for those who save what they have not seen. */
  revision: number
  /** Whoever answers for it. */
  ownerId: string
  ownerName: string
  /** Published only between these; null where nothing limits it. */
  validFrom: number | null
  validUntil: number | null
  /** When its owner is to look at it again. */
  reviewAt: number
  reviewToldAt: number | null
  createdAt: number
  /** Rises with every change, also of what is read: processes find by it what their search does not know yet. */
  updatedAt: number
}

/** What decides who may read it now. */
export type LiveFacts = Pick<ArticleRow, 'kind' | 'audience' | 'validFrom' | 'validUntil'>

export const articleTable = defineTable<ArticleRow>('article', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    kind: col.key(8),
    state: col.key(10),
    title: col.words(80),
    audience: col.key(8),
    typeIds: col.key(340),
    newestVersion: col.int(),
    liveVersion: col.int().orNull(),
    revision: col.int(),
    ownerId: col.key(26),
    ownerName: col.words(20),
    validFrom: col.instant().orNull(),
    validUntil: col.instant().orNull(),
    reviewAt: col.instant(),
    reviewToldAt: col.instant().orNull(),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  indexes: {
    article_of_company: ['companyId', 'state', 'updatedAt', 'id'],
    article_changed: ['updatedAt', 'id'],
    article_review: ['state', 'reviewAt', 'id'],
  },
})

/** What an article said at one time. A published version is never changed. */
export interface ArticleVersionRow {
  articleId: string
  version: number
  kind: ArticleKind
  audience: ArticleRow['audience']
  typeIds: string
  validFrom: number | null
  validUntil: number | null
  title: string
  /** Markdown. */
  body: string
  /** Other ways in which people ask it, one a line. */
  questions: string
  /** Names of live figures that stand with the answer, as JSON: arrears, outage, requests, visit. */
  live: string
  /** File ids as JSON. */
  files: string
  whatChanged: string
  byId: string
  byName: string
  /** Everybody who wrote on it, as JSON: none of them reviews it. */
  authorIds: string
  createdAt: number
  /** Never an author. */
  reviewedById: string | null
  reviewedByName: string | null
  reviewedAt: number | null
  /** Why it came back from review; null when it did not. */
  returnedBecause: string | null
  publishedAt: number | null
  retiredAt: number | null
  retiredBecause: string | null
}

export const articleVersionTable = defineTable<ArticleVersionRow>('article_version', {
  columns: {
    articleId: col.key(26),
    version: col.int(),
    kind: col.key(8),
    audience: col.key(8),
    typeIds: col.key(340),
    validFrom: col.instant().orNull(),
    validUntil: col.instant().orNull(),
    title: col.words(80),
    body: col.text(),
    questions: col.text(),
    live: col.key(120),
    files: col.text(),
    whatChanged: col.words(200),
    byId: col.key(26),
    byName: col.words(20),
    authorIds: col.text(),
    createdAt: col.instant(),
    reviewedById: col.key(26).orNull(),
    reviewedByName: col.words(20).orNull(),
    reviewedAt: col.instant().orNull(),
    returnedBecause: col.words(200).orNull(),
    publishedAt: col.instant().orNull(),
    retiredAt: col.instant().orNull(),
    retiredBecause: col.words(200).orNull(),
  },
  primaryKey: ['articleId', 'version'],
})

/** How often an article was read and found helpful on one day in Shanghai, by whom. */
export interface ArticleDayRow {
  articleId: string
  day: string
  audience: 'resident' | 'staff'
  /** Not `reads`, which is a word of SQL. */
  timesRead: number
  helpful: number
  unhelpful: number
}

export const articleDayTable = defineTable<ArticleDayRow>('article_day', {
  columns: {
    articleId: col.key(26),
    day: col.key(10),
    audience: col.key(8),
    timesRead: col.int(),
    helpful: col.int(),
    unhelpful: col.int(),
  },
  primaryKey: ['articleId', 'day', 'audience'],
  indexes: { article_day_by_day: ['day'] },
})

/** Who read which article, once a day: staff for their training record, residents by nobody's name. */
export interface ArticleReaderRow {
  articleId: string
  staffId: string
  version: number
  firstAt: number
  lastAt: number
}

export const articleReaderTable = defineTable<ArticleReaderRow>('article_reader', {
  columns: {
    articleId: col.key(26),
    staffId: col.key(26),
    version: col.int(),
    firstAt: col.instant(),
    lastAt: col.instant(),
  },
  primaryKey: ['articleId', 'staffId'],
})

/** One person's word on one article, so that it counts once: `helpful` is 1 or 0. */
export interface ArticleVoteRow {
  articleId: string
  /** `resident:<id>` or `staff:<id>`. */
  voter: string
  helpful: number
  /** Under seal; a resident may write anything. */
  wordsSealed: string | null
  at: number
}

export const articleVoteTable = defineTable<ArticleVoteRow>('article_vote', {
  columns: {
    articleId: col.key(26),
    voter: col.key(40),
    helpful: col.flag(),
    wordsSealed: col.text().orNull(),
    at: col.instant(),
  },
  primaryKey: ['articleId', 'voter'],
  indexes: { article_vote_by_voter: ['voter'], article_vote_by_time: ['at'] },
})

/** Words that found nothing, counted by day; names, places and numbers are left out of them (search/cut-words.ts). */
export interface SearchMissRow {
  companyId: string
  day: string
  words: string
  count: number
  lastAt: number
}

export const searchMissTable = defineTable<SearchMissRow>('search_miss', {
  columns: {
    companyId: col.key(32),
    day: col.key(10),
    words: col.words(60),
    count: col.int(),
    lastAt: col.instant(),
  },
  primaryKey: ['companyId', 'day', 'words'],
  indexes: { search_miss_by_day: ['day'] },
})

/** Words that mean the same, such as 暖气 供热 采暖. The shipped lists stand in config/knowledge; these come on top. */
export interface SynonymRow {
  id: string
  companyId: string | null
  /** Space-separated. */
  words: string
  updatedAt: number
}

export const synonymTable = defineTable<SynonymRow>('synonym', {
  columns: {
    id: col.key(26),
    companyId: col.key(32).orNull(),
    words: col.words(200),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  indexes: { synonym_changed: ['updatedAt'] },
})

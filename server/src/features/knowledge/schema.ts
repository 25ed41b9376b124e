import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { fileView } from '../files/schema'

export const articleKind = z.enum(['article', 'qa', 'case', 'template'])
export const articleState = z.enum(['draft', 'review', 'published', 'retired'])
/** Figures that are looked up while the answer is read, never written into it. */
export const liveName = z.enum(['arrears', 'outage', 'requests', 'visit'])
export type LiveName = z.infer<typeof liveName>

/** What a search found, best first. `excerpt` is plain text around what fits. */
export const hit = z.object({
  articleId: shape.id,
  companyId: shape.companyId,
  kind: articleKind,
  title: z.string(),
  excerpt: z.string(),
  live: z.array(liveName),
  typeIds: z.array(z.string()),
  score: z.number(),
})
export type Hit = z.infer<typeof hit>

const article = z.object({
  id: shape.id,
  companyId: shape.companyId,
  companyName: z.string(),
  kind: articleKind,
  title: z.string(),
  /** Markdown: headings, lists, bold, links to our own pages and to https; nothing else is shown. */
  body: z.string(),
  live: z.array(liveName),
  files: z.array(fileView),
  typeIds: z.array(z.string()),
  publishedAt: shape.instant,
  /** What I said of it before. */
  helpful: z.boolean().nullable(),
})

const row = z.object({
  id: shape.id,
  companyId: shape.companyId,
  kind: articleKind,
  state: articleState,
  title: z.string(),
  audience: z.enum(['public', 'internal']),
  typeIds: z.array(z.string()),
  newestVersion: z.int(),
  liveVersion: z.int().nullable(),
  revision: z.int(),
  owner: z.object({ id: shape.id, name: z.string() }),
  validFrom: shape.instant.nullable(),
  validUntil: shape.instant.nullable(),
  reviewAt: shape.instant,
  reviewIsDue: z.boolean(),
  updatedAt: shape.instant,
  /** Of the last thirty days. */
  reads: z.int(),
  helpful: z.int(),
  unhelpful: z.int(),
})

const version = z.object({
  version: z.int(),
  kind: articleKind,
  audience: z.enum(['public', 'internal']),
  typeIds: z.array(z.string()),
  validFrom: shape.instant.nullable(),
  validUntil: shape.instant.nullable(),
  title: z.string(),
  body: z.string(),
  questions: z.array(z.string()),
  live: z.array(liveName),
  files: z.array(fileView),
  whatChanged: z.string(),
  by: z.string(),
  createdAt: shape.instant,
  reviewedBy: z.string().nullable(),
  reviewedAt: shape.instant.nullable(),
  returnedBecause: z.string().nullable(),
  publishedAt: shape.instant.nullable(),
  retiredAt: shape.instant.nullable(),
  retiredBecause: z.string().nullable(),
})

export const draft = z.object({
  companyId: shape.companyId,
  kind: articleKind,
  title: z.string().trim().min(2).max(80),
  body: z.string().trim().min(1).max(20_000),
  questions: z.array(z.string().trim().min(2).max(60)).max(30),
  live: z.array(liveName).max(4),
  fileIds: z.array(shape.id).max(6),
  audience: z.enum(['public', 'internal']),
  typeIds: z.array(z.string().max(32)).max(10),
  ownerId: shape.id.optional(),
  validFrom: shape.instant.nullable(),
  validUntil: shape.instant.nullable(),
  reviewAt: shape.instant,
  whatChanged: z.string().trim().max(200),
})

export type Draft = z.output<typeof draft>

const change = { articleId: shape.id, revision: z.int() }
const one = z.object({ article: row, versions: z.array(version), may: z.array(z.string()) })
const synonyms = z.object({
  lists: z.array(
    z.object({
      id: shape.id.nullable(),
      companyId: shape.companyId.nullable(),
      words: z.array(z.string()),
    }),
  ),
})
const staffRead = { method: 'GET', auth: 'staff' } as const
const staffWrite = { method: 'POST', auth: 'staff' } as const

export const knowledgeOperations = {
  'knowledge.search': {
    method: 'GET',
    auth: 'public',
    summary:
      'Published answers that fit what somebody typed, the best three to ten; words may be misspelt or pinyin.',
    input: z.strictObject({
      companyId: shape.companyId.optional(),
      q: z.string().trim().min(1).max(60),
      limit: z.coerce.number().int().min(1).max(10).default(3),
    }),
    output: z.object({ items: z.array(hit) }),
  },
  'knowledge.topics': {
    method: 'GET',
    auth: 'public',
    summary: 'What is asked most, by company: the quick questions of the chat and the help page.',
    input: z.strictObject({ companyId: shape.companyId.optional() }),
    output: z.object({ items: z.array(hit.pick({ articleId: true, companyId: true, title: true })) }),
  },
  'knowledge.read': {
    method: 'GET',
    auth: 'public',
    summary: 'One published answer, whole; counted as read.',
    input: z.strictObject({ articleId: shape.id }),
    output: article,
  },
  'knowledge.rate': {
    method: 'POST',
    auth: 'resident',
    summary: 'Whether an answer helped; the last word counts.',
    input: shape.act.extend({
      articleId: shape.id,
      helpful: z.boolean(),
      words: z.string().trim().max(200).optional(),
    }),
    output: shape.done,
  },
  'knowledge.list': {
    ...staffRead,
    summary: 'Articles of my companies, newest change first; `due` are those whose review day has come.',
    input: z.strictObject({
      companyId: shape.companyId.optional(),
      state: articleState.optional(),
      kind: articleKind.optional(),
      typeId: z.string().max(32).optional(),
      due: z.stringbool().optional(),
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({ items: z.array(row), nextCursor: shape.cursor.nullable() }),
  },
  'knowledge.find': {
    ...staffRead,
    summary: 'The search of the desk: internal answers, cases and templates too.',
    input: z.strictObject({
      companyId: shape.companyId.optional(),
      kind: articleKind.optional(),
      typeId: z.string().max(32).optional(),
      q: z.string().trim().min(1).max(60),
    }),
    output: z.object({ items: z.array(hit) }),
  },
  'knowledge.get': {
    ...staffRead,
    summary: 'One article with its versions, counted as read by me, and what I may do with it.',
    input: z.strictObject({ articleId: shape.id }),
    output: one,
  },
  'knowledge.save': {
    ...staffWrite,
    audits: ['articleId', 'companyId', 'title'],
    bodyLimitBytes: 131_072,
    summary:
      'Makes a draft, or a new version of what is published; a published version itself is never changed.',
    input: shape.act.extend({ articleId: shape.id.optional(), revision: z.int().optional(), ...draft.shape }),
    output: one,
  },
  'knowledge.submit': {
    ...staffWrite,
    audits: ['articleId'],
    summary: 'Asks somebody else to look at the newest draft.',
    input: shape.act.extend(change),
    output: one,
  },
  'knowledge.review': {
    ...staffWrite,
    audits: ['articleId', 'verdict', 'reason'],
    summary: 'A second person publishes a draft, or gives it back with a reason.',
    input: shape.act.extend({
      ...change,
      verdict: z.enum(['publish', 'return']),
      reason: z.string().trim().max(200).optional(),
    }),
    output: one,
  },
  'knowledge.confirm': {
    ...staffWrite,
    audits: ['articleId'],
    summary: 'Its owner looked at it and it is still right; the next look is at `reviewAt`.',
    input: shape.act.extend({ ...change, reviewAt: shape.instant }),
    output: one,
  },
  'knowledge.retire': {
    ...staffWrite,
    audits: ['articleId', 'reason'],
    summary: 'Takes an article away from readers; it stays for the record and can be published anew.',
    input: shape.act.extend({ ...change, reason: z.string().trim().min(2).max(200) }),
    output: one,
  },
  'knowledge.import': {
    ...staffWrite,
    audits: ['companyId'],
    bodyLimitBytes: 1_048_576,
    summary:
      'Makes drafts from Markdown files: the first heading is the title, front matter names kind, audience, types, questions and days. Says line by line what was not understood.',
    input: shape.act.extend({
      companyId: shape.companyId,
      files: z
        .array(z.object({ name: z.string().max(120), text: z.string().max(60_000) }))
        .min(1)
        .max(50),
    }),
    output: z.object({
      made: z.array(z.object({ name: z.string(), articleId: shape.id, title: z.string() })),
      faults: z.array(z.object({ name: z.string(), line: z.int(), message: z.string() })),
    }),
  },
  'knowledge.report': {
    ...staffRead,
    summary: 'What is read and found helpful, and what people look for in vain, over some days.',
    input: z.strictObject({
      companyId: shape.companyId.optional(),
      days: z.coerce.number().int().min(1).max(90).default(30),
    }),
    output: z.object({
      articles: z.array(
        z.object({
          id: shape.id,
          title: z.string(),
          reads: z.int(),
          staffReads: z.int(),
          helpful: z.int(),
          unhelpful: z.int(),
        }),
      ),
      misses: z.array(z.object({ words: z.string(), count: z.int(), lastAt: shape.instant })),
      /** What residents wrote with their vote, newest first; long numbers are cut. */
      remarks: z.array(
        z.object({
          articleId: shape.id,
          title: z.string(),
          helpful: z.boolean(),
          words: z.string(),
          at: shape.instant,
        }),
      ),
      asOf: shape.instant,
    }),
  },
  'knowledge.readers': {
    ...staffRead,
    summary: 'Which colleagues read the published version, and which of the company have not.',
    input: z.strictObject({ articleId: shape.id }),
    output: z.object({
      read: z.array(z.object({ name: z.string(), at: shape.instant, version: z.int() })),
      missing: z.array(z.string()),
    }),
  },
  'knowledge.synonyms': {
    ...staffRead,
    summary: 'Words that mean the same in a search; those without an id are shipped.',
    input: z.strictObject({}),
    output: synonyms,
  },
  'knowledge.saveSynonyms': {
    ...staffWrite,
    audits: ['synonymId'],
    summary: 'Makes or changes one list of words; fewer than two throw it away.',
    input: shape.act.extend({
      synonymId: shape.id.nullable(),
      companyId: shape.companyId.nullable(),
      words: z.array(z.string().trim().min(1).max(20)).max(12),
    }),
    output: synonyms,
  },
} as const satisfies Operations

import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

const purpose = z.object({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  paragraphs: z.array(z.string()),
  sensitive: z.boolean(),
  /** `asked`: never decided; `older`: agreed to a text that has changed since, and is asked anew. */
  state: z.enum(['asked', 'older', 'granted', 'refused']),
  at: shape.instant.nullable(),
})

const copy = z.object({
  id: shape.id,
  state: z.enum(['waiting', 'ready', 'failed', 'gone']),
  createdAt: shape.instant,
  readyAt: shape.instant.nullable(),
  expiresAt: shape.instant.nullable(),
  records: z.int(),
  files: z.array(z.object({ format: z.enum(['json', 'csv']), bytes: z.int() })),
})

const keptKind = z.object({ says: z.string(), why: z.string() })

const mine = z.object({
  purposes: z.array(purpose),
  copies: z.array(copy),
  copiesLeftToday: z.int(),
  closure: z.object({ id: shape.id, askedAt: shape.instant, dueAt: shape.instant }).nullable(),
  closureDays: z.int(),
  /** What the end of the account deletes, and what stays and why. */
  ends: z.array(z.string()),
  stays: z.array(keptKind),
})
export type Mine = z.infer<typeof mine>

const registerColumn = z.object({
  column: z.string(),
  label: z.string(),
  how: z.enum(['shown', 'sealed', 'refs', 'secret', 'staff', 'others']),
})

const registerTable = z.object({
  feature: z.string(),
  table: z.string(),
  says: z.string(),
  why: z.string(),
  basis: z.string(),
  kept: z.string(),
  seen: z.string(),
  atEnd: z.string(),
  columns: z.array(registerColumn),
})

const recipient = z.object({
  serves: z.string(),
  name: z.string(),
  gets: z.string(),
  why: z.string(),
  as: z.enum(['entrusted', 'provided']),
  since: z.string().nullable(),
  until: z.string().nullable(),
  assessedOn: z.string().nullable(),
})

const run = z.object({
  id: shape.id,
  startedAt: shape.instant,
  endedAt: shape.instant.nullable(),
  tables: z.int(),
  ended: z.int(),
  kept: z.int(),
  behind: z.int(),
})

const line = z.object({
  table: z.string(),
  says: z.string(),
  due: z.int(),
  ended: z.int(),
  kept: z.int(),
  behind: z.int(),
  why: z.string(),
})

const asked = z.object({
  id: shape.id,
  kind: z.enum(['closure', 'copy']),
  state: z.string(),
  askedAt: shape.instant,
  /** By when the rules want it done. */
  dueBy: shape.instant,
  endedAt: shape.instant.nullable(),
  late: z.boolean(),
  /** Of a closure: tables and counts, and why something is kept. */
  report: z.array(z.object({ table: z.string(), ended: z.int(), kept: z.int(), why: z.string() })),
})

export const privacyOperations = {
  'privacy.readMine': {
    method: 'GET',
    auth: 'resident',
    summary: 'What I allowed and when, copies of my data, and whether my account is ending.',
    input: shape.nothing,
    output: mine,
  },
  'privacy.decideConsent': {
    method: 'POST',
    auth: 'resident',
    summary: 'Says yes or no to one purpose, by the version of the text that was shown.',
    input: shape.act.extend({
      purpose: z.string().regex(/^[a-z][a-z-]{1,30}$/),
      version: z.string().min(1).max(32),
      granted: z.boolean(),
      clientVersion: z.string().max(32),
    }),
    output: purpose,
  },
  'privacy.askCopy': {
    method: 'POST',
    auth: 'resident',
    summary: 'Asks for a copy of all that the portal keeps of me, as JSON and CSV; a job makes it.',
    input: shape.act,
    output: z.object({ copyId: shape.id }),
  },
  'privacy.takeCopy': {
    method: 'POST',
    auth: 'resident',
    summary: 'The address of one file of a copy of mine, good for a few minutes.',
    input: shape.act.extend({ copyId: shape.id, format: z.enum(['json', 'csv']) }),
    output: z.object({ url: z.string(), fileName: z.string() }),
  },
  'privacy.askClosure': {
    method: 'POST',
    auth: 'resident',
    summary: 'Asks for the end of my account (注销); what is owed does not stand in the way.',
    input: shape.act,
    output: z.object({ closureId: shape.id, dueAt: shape.instant }),
  },
  'privacy.withdrawClosure': {
    method: 'POST',
    auth: 'resident',
    summary: 'Keeps my account after all.',
    input: shape.act.extend({ closureId: shape.id }),
    output: shape.done,
  },
} as const satisfies Operations

export const privacyDeskOperations = {
  'privacyDesk.readRegister': {
    method: 'GET',
    auth: 'staff',
    summary:
      'The register of personal-data columns: purpose, legal basis, retention, who may see it; and who else gets something.',
    input: shape.nothing,
    output: z.object({ tables: z.array(registerTable), recipients: z.array(recipient) }),
  },
  'privacyDesk.readRetention': {
    method: 'GET',
    auth: 'staff',
    summary: 'The last runs of the retention job, and one of them table by table.',
    input: z.strictObject({ runId: shape.id.optional() }),
    output: z.object({ runs: z.array(run), lines: z.array(line) }),
  },
  'privacyDesk.listAsked': {
    method: 'GET',
    auth: 'staff',
    summary: 'What residents asked of their data, by when it is due, and how it ended. Names nobody.',
    input: shape.nothing,
    output: z.object({ items: z.array(asked) }),
  },
} as const satisfies Operations

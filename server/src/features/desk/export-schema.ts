import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { keptQuery } from './views-schema'

const exportView = z.object({
  exportId: shape.id,
  askedBy: z.string(),
  askedAt: shape.instant,
  state: z.enum(['ready', 'waiting', 'approved', 'refused', 'taken', 'expired']),
  rows: z.int(),
  /** The filters as they stand in the list's address. */
  query: z.string(),
  /** What the columns are called. */
  columns: z.array(z.string()),
  reason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: shape.instant.nullable(),
  decidedWords: z.string().nullable(),
  /** Until when somebody may decide, or its asker may fetch it. */
  until: shape.instant,
})
export type ExportView = z.infer<typeof exportView>

/** Lists that are carried away: a large one needs a second person (security.md C25). */
export const exportOperations = {
  'desk.export': {
    method: 'POST',
    auth: 'staff',
    summary:
      'Prepares a CSV of the list, masked and formula-safe. A small one has an address for five minutes; a large one says what it is for and waits for approval, and `url` is null.',
    input: shape.act.extend({
      query: keptQuery,
      columns: z.array(z.string().max(24)).min(1).max(24),
      reason: z.string().trim().min(4).max(100).optional(),
    }),
    output: z.object({ exportId: shape.id, url: z.string().nullable(), rows: z.int() }),
    audits: ['query', 'columns', 'reason'],
  },
  'desk.exports': {
    method: 'GET',
    auth: 'staff',
    summary: 'My latest exports, and those of colleagues that wait for my word.',
    input: shape.nothing,
    output: z.object({ mine: z.array(exportView), toDecide: z.array(exportView) }),
  },
  'desk.decideExport': {
    method: 'POST',
    auth: 'staff',
    summary: 'Approves or refuses a colleague’s export; never one’s own, and only of what one may see whole.',
    input: shape.act.extend({
      exportId: shape.id,
      approve: z.boolean(),
      words: z.string().trim().min(2).max(100).optional(),
    }),
    output: shape.done,
    audits: ['exportId', 'approve', 'words'],
  },
  'desk.takeExport': {
    method: 'POST',
    auth: 'staff',
    summary: 'The address of an approved export of mine: five minutes, one download.',
    input: shape.act.extend({ exportId: shape.id }),
    output: z.object({ url: z.string(), rows: z.int() }),
    audits: ['exportId'],
  },
} as const satisfies Operations

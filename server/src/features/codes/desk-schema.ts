import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

/** Why a code was taken out of use; what residents read of it stands in words.ts. */
export const revokeReason = z.enum(['replaced', 'lost', 'moved', 'misused'])
export type RevokeReason = z.infer<typeof revokeReason>

/** What a code can be printed on: 3×8 stickers of 70×36 mm, 2×4 of 105×70 mm, one A4 page, one card for a meter box. */
export const printForm = z.enum(['stickers-24', 'stickers-8', 'notice', 'box-card'])
export type PrintForm = z.infer<typeof printForm>

/** What staff may know of a code. The token itself is only ever printed. */
const code = z.object({
  id: shape.id,
  /** The short number on the sticker, such as 3F7A-19C2. */
  number: z.string(),
  state: z.enum(['active', 'revoked']),
  /** 1 for a household's first code, 2 for the one after it. */
  serial: z.int(),
  createdAt: shape.instant,
  createdBy: z.string(),
  revokedAt: shape.instant.nullable(),
  revokedBy: z.string().nullable(),
  why: revokeReason.nullable(),
})
export type CodeView = z.infer<typeof code>

const used = z.object({
  /** Of the last thirty days in Shanghai, today with them. */
  scans: z.int(),
  /** What was paid by whoever scanned, since the code was made; refunds are not taken off. */
  payments: z.int(),
  paidFen: shape.fen,
})

const household = z.object({
  householdId: shape.id,
  ownerNameMasked: z.string(),
  accountNoMasked: z.string(),
  addressMasked: z.string(),
})

const row = household.extend({
  /** The active code, else the last revoked one; null where there never was one. */
  code: code.nullable(),
  used: used.nullable(),
})
export type CodeRowView = z.infer<typeof row>

/** A place, one household, or, with neither, a whole company. */
const target = {
  companyId: shape.companyId,
  areaId: shape.id.optional(),
  householdId: shape.id.optional(),
}

const order = z.object({
  id: shape.id,
  companyId: shape.companyId,
  placeName: z.string(),
  form: printForm.nullable(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  households: z.int(),
  passed: z.int(),
  made: z.int(),
  /** Left without a code, because theirs was revoked and not renewed. */
  leftOut: z.int(),
  pages: z.int(),
  /** Characters that could not be drawn and are 〓 on paper. */
  missing: z.int(),
  createdBy: z.string(),
  createdAt: shape.instant,
  endedAt: shape.instant.nullable(),
  /** Until when its files are kept; null while it runs and where it has none. */
  filesUntil: shape.instant.nullable(),
  files: z.array(
    z.object({
      fileNo: z.int(),
      title: z.string(),
      codes: z.int(),
      pages: z.int(),
      bytes: z.int(),
      taken: z.int(),
    }),
  ),
})
export type CodeOrderView = z.infer<typeof order>

const staffRead = { method: 'GET', auth: 'staff' } as const
const staffWrite = { method: 'POST', auth: 'staff' } as const
const oneOrder = z.strictObject({ clientId: shape.clientId, orderId: shape.id })

export const codeDeskOperations = {
  'codeDesk.list': {
    ...staffRead,
    summary:
      'Households of a company and my areas in the order of their doors, with their codes; by `q` (account number, address, or the number on a sticker) at most ten. A filter looks at a thousand households at a time, so a page may have few rows and still a next one.',
    input: z.strictObject({
      companyId: shape.companyId,
      areaId: shape.id.optional(),
      show: z.enum(['all', 'active', 'none', 'revoked']).default('all'),
      q: z.string().trim().min(2).max(60).optional(),
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({ items: z.array(row), nextCursor: shape.cursor.nullable() }),
  },
  'codeDesk.get': {
    ...staffRead,
    summary:
      'One household: each of its codes with when and by whom, scans per day, and what was paid by it.',
    input: z.strictObject({ householdId: shape.id }),
    output: z.object({
      household,
      codes: z.array(code.extend({ used })),
      /** Of the last thirty days, of all its codes; days without any are left out. */
      days: z.array(z.object({ day: shape.day, scans: z.int() })),
    }),
  },
  'codeDesk.count': {
    ...staffRead,
    summary: 'What making or printing would be about: households, and how many of them have a code.',
    input: z.strictObject(target),
    output: z.object({
      households: z.int(),
      /** null: there are too many to look at each now; the order counts them. */
      withCode: z.int().nullable(),
      revoked: z.int().nullable(),
    }),
  },
  'codeDesk.make': {
    ...staffWrite,
    audits: ['companyId', 'areaId', 'householdId'],
    summary:
      'Makes the codes that are missing: of one household at once, of a place or a company by an order.',
    input: shape.act.extend(target),
    output: z.object({ order: order.nullable() }),
  },
  'codeDesk.print': {
    ...staffWrite,
    audits: ['companyId', 'areaId', 'householdId', 'form'],
    summary: 'Orders PDFs of codes, made where they are missing, sorted as somebody walks.',
    input: shape.act.extend({ ...target, form: printForm }),
    output: z.object({ order }),
  },
  'codeDesk.orders': {
    ...staffRead,
    summary: 'Orders of a company and my areas, newest first, with how far they are and their files.',
    input: z.strictObject({
      companyId: shape.companyId,
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({ items: z.array(order), nextCursor: shape.cursor.nullable() }),
  },
  'codeDesk.cancelOrder': {
    ...staffWrite,
    audits: ['orderId'],
    summary: 'No further file is made; codes that were made stay, and so do files that are there.',
    input: oneOrder,
    output: z.object({ order }),
  },
  'codeDesk.resumeOrder': {
    ...staffWrite,
    audits: ['orderId'],
    summary: 'A failed order goes on where it stands.',
    input: oneOrder,
    output: z.object({ order }),
  },
  'codeDesk.takeFile': {
    ...staffWrite,
    audits: ['orderId', 'fileNo'],
    summary: 'The address of one PDF, for me and five minutes.',
    input: oneOrder.extend({ fileNo: z.int().min(1) }),
    output: z.object({ url: z.string() }),
  },
  'codeDesk.revoke': {
    ...staffWrite,
    audits: ['codeId', 'why', 'renew'],
    summary:
      'Takes one code out of use, from now on, and where wanted makes the next one in the same moment. Whoever scans the old sticker reads why.',
    input: shape.act.extend({ codeId: shape.id, why: revokeReason, renew: z.boolean() }),
    output: z.object({ code: code.nullable() }),
  },
  'codeDesk.revokeArea': {
    ...staffWrite,
    audits: ['companyId', 'areaId', 'why', 'renew'],
    summary: 'The same for every code of one building or unit.',
    input: shape.act.extend({
      companyId: shape.companyId,
      areaId: shape.id,
      why: revokeReason,
      renew: z.boolean(),
    }),
    output: z.object({ revoked: z.int(), made: z.int() }),
  },
} as const satisfies Operations

import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { fileView } from '../files/schema'

/** Why a meter may show less than before; the resident chooses. */
export const REASONS = ['meter_changed', 'last_wrong', 'estimated_high', 'other'] as const
export type Reason = (typeof REASONS)[number]

const kind = z.enum(['heating', 'gas', 'power', 'water'])
const readBy = z.enum(['read', 'estimated', 'reported', 'remote'])
const finding = z.enum(['backwards', 'zero', 'low', 'high', 'rollover', 'below_estimate', 'thin'])
const nextCode = z.enum([
  'replaced',
  'rejected',
  'visit',
  'check',
  'corrected',
  'next-bill',
  'refused',
  'told-waits',
  'telling-waits',
  'told',
  'telling',
])
const readingState = z.enum(['adopted', 'doubtful', 'rejected', 'replaced'])
/** A counter's figure as text, such as 3086 or 3086.250. */
const figure = z.string().regex(/^\d{1,8}(\.\d{1,3})?$/, '请填写表上的数字')
const period = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

const window = z.object({
  /** The month that is reported for. */
  period,
  isOpen: z.boolean(),
  opensAt: shape.instant,
  /** The first moment that is too late. */
  closesAt: shape.instant,
})

const correction = z.object({
  billId: shape.id,
  title: z.string(),
  reading: z.string(),
  used: z.string(),
  estimatedUsed: z.string(),
  unit: z.string(),
  estimatedFeeFen: shape.fen,
  /** By the real reading; null where the prices of that month are not known to us. */
  feeFen: shape.fen.nullable(),
  /** Negative comes back, positive is still to pay. */
  differenceFen: z.int().nullable(),
  lines: z.array(
    z.object({ label: z.string(), quantity: z.string(), price: z.string(), amountFen: shape.fen }),
  ),
  /** So many days after the bill's own reading: what was used in them is counted in it, too. */
  daysAfter: z.int(),
  /** `waiting`: the company was told. `corrected`: the bill was changed, to `joinAmountFen`. `next`: a later bill goes on from this reading. */
  state: z.enum(['waiting', 'corrected', 'next']),
  joinAmountFen: shape.fen.nullable(),
})

const reading = z.object({
  id: shape.id,
  period,
  value: z.string(),
  /** What the company made of it; null where it stands as it was reported. */
  correctedValue: z.string().nullable(),
  state: readingState,
  stateWords: z.string(),
  /** What happens next and until when, in a sentence. */
  next: z.string(),
  /** The same by its code: until when something is done or may be done, and the request by which somebody comes. */
  nextStep: z.object({
    code: nextCode,
    until: shape.instant.nullable(),
    againUntil: shape.instant.nullable(),
    requestNumber: z.string().nullable(),
  }),
  findings: z.array(z.string()),
  findingCodes: z.array(finding),
  used: z.string().nullable(),
  readAt: shape.instant,
  bySelf: z.boolean(),
  reasonWords: z.string().nullable(),
  reason: z.enum(REASONS).nullable(),
  words: z.string().nullable(),
  decision: z.string().nullable(),
  photo: fileView.nullable(),
  /** Whether the billing system has it; null where it was not promised to it. */
  posting: z.enum(['waiting', 'done', 'refused']).nullable(),
  correction: correction.nullable(),
})
export type ReadingView = z.infer<typeof reading>
export type NextStep = ReadingView['nextStep']

const meter = z.object({
  householdId: shape.id,
  companyId: shape.companyId,
  companyName: z.string(),
  hotline: z.string(),
  kind,
  shortAddress: z.string(),
  /** Whole for whoever has bound the household, its end for a visitor. */
  serial: z.string(),
  unit: z.string(),
  integerDigits: z.int(),
  decimals: z.int(),
  last: z.object({ value: z.string(), on: shape.day.nullable(), by: readBy }),
  /** The last figure that somebody really saw, where the last one was an estimate. */
  lastReal: z.object({ value: z.string(), on: shape.day.nullable() }).nullable(),
  /** Figures of the counter between which today is no surprise; for members of the household, where enough is known. */
  usual: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** The meter tells its reading by itself; nobody need report. */
  readsItself: z.boolean(),
  photo: z.enum(['required', 'optional']),
  window,
  /** What counts for this month. Of others' readings a visitor learns only that there is one (`isTaken`). */
  reading: reading.nullable(),
  isTaken: z.boolean(),
  /** The newest bill, where its reading was an estimate that a real one can still correct. */
  estimated: z.object({ billId: shape.id, title: z.string(), amountFen: shape.fen }).nullable(),
  isMember: z.boolean(),
})
export type MeterView = z.infer<typeof meter>

const officialRead = z.object({
  period: z.string(),
  on: shape.day.nullable(),
  value: z.string(),
  used: z.string(),
  by: readBy,
})

const household = z.object({
  id: shape.id,
  accountNoMasked: z.string(),
  nameMasked: z.string(),
  addressMasked: z.string(),
  areaNames: z.array(z.string()),
})
const deskReading = z.object({
  id: shape.id,
  companyId: shape.companyId,
  household,
  serial: z.string(),
  unit: z.string(),
  period,
  value: z.string(),
  correctedValue: z.string().nullable(),
  lastValue: z.string(),
  state: readingState,
  findings: z.array(z.enum(['backwards', 'zero', 'low', 'high', 'rollover', 'below_estimate', 'thin'])),
  used: z.string().nullable(),
  usual: z.object({ from: z.number(), to: z.number() }).nullable(),
  source: z.enum(['resident', 'visitor']),
  hasPhoto: z.boolean(),
  reason: z.enum(REASONS).nullable(),
  words: z.string().nullable(),
  readAt: shape.instant,
  dueAt: shape.instant.nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: shape.instant.nullable(),
  decision: z.string().nullable(),
  request: z.object({ id: shape.id, number: z.string() }).nullable(),
  posting: z.enum(['waiting', 'done', 'refused']).nullable(),
  version: z.int(),
})
export type DeskReading = z.infer<typeof deskReading>

const counts = z.object({
  meters: z.int(),
  reported: z.int(),
  /** Of the reported ones: taken in without a person. */
  byItself: z.int(),
  doubtful: z.int(),
  rejected: z.int(),
  missing: z.int(),
})
export type ReadingCounts = z.infer<typeof counts>

const staffRead = { method: 'GET', auth: 'staff' } as const

export const readingsOperations = {
  'readings.mine': {
    method: 'GET',
    auth: 'resident',
    summary:
      'Meters of my households that are read by whoever lives there, with what this month still wants.',
    input: shape.nothing,
    output: z.object({
      items: z.array(
        z.object({
          householdId: shape.id,
          companyId: shape.companyId,
          kind,
          shortAddress: z.string(),
          window,
          state: z.enum(['missing', 'adopted', 'doubtful', 'rejected']),
          estimatedBillId: shape.id.nullable(),
        }),
      ),
    }),
  },
  'readings.meter': {
    method: 'GET',
    auth: 'resident',
    guests: true,
    summary:
      "A household's meter with all that a report needs, for its members and whoever visits by its code.",
    input: z.strictObject({ householdId: shape.id }),
    output: z.object({ meter }),
  },
  'readings.submit': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary:
      'Says what a meter shows. It is judged at once: adopted, or looked at by a person; another one of the same month takes its place.',
    input: shape.act.extend({
      householdId: shape.id,
      value: figure,
      /** Why it is less than before; asked for only then. */
      reason: z.enum(REASONS).optional(),
      words: z.string().trim().max(200).optional(),
      fileId: shape.id.optional(),
    }),
    output: z.object({ reading }),
  },
  'readings.get': {
    method: 'GET',
    auth: 'resident',
    guests: true,
    summary: 'One reading that I reported, or that belongs to a household of mine, with what came of it.',
    input: z.strictObject({ readingId: shape.id }),
    output: z.object({
      householdId: shape.id,
      companyId: shape.companyId,
      unit: z.string(),
      isMember: z.boolean(),
      reading,
    }),
  },
  'readings.history': {
    method: 'GET',
    auth: 'resident',
    summary: "Two years of a household's readings: the official ones, and what was reported; newest first.",
    input: z.strictObject({ householdId: shape.id }),
    output: z.object({ unit: z.string(), official: z.array(officialRead), reported: z.array(reading) }),
  },
  'readings.ofBill': {
    method: 'GET',
    auth: 'resident',
    summary:
      'Whether a bill was made by estimate, until when a real reading corrects it, and what came of that.',
    input: z.strictObject({ billId: shape.id }),
    output: z.object({
      householdId: shape.id,
      isEstimated: z.boolean(),
      window,
      /** A real reading that is reported now corrects this bill. */
      mayCorrect: z.boolean(),
      /** Why not, in a sentence. */
      whyNot: z.string().nullable(),
      reading: reading.nullable(),
    }),
  },
  'readingDesk.list': {
    ...staffRead,
    summary:
      'Readings of a company and my areas: the doubtful ones by when they are promised, others newest first.',
    input: z.strictObject({
      tab: z.enum(['doubtful', 'adopted', 'rejected']).default('doubtful'),
      companyId: shape.companyId.optional(),
      /** Of the tabs that are not the queue; the present month unless said. */
      period: period.optional(),
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({
      /** Whose they are, also where none was asked for. */
      companyId: shape.companyId,
      items: z.array(deskReading),
      period,
      nextCursor: shape.cursor.nullable(),
    }),
  },
  'readingDesk.get': {
    ...staffRead,
    summary: 'One reading with its photo beside two years of history.',
    input: z.strictObject({ readingId: shape.id }),
    output: z.object({
      reading: deskReading,
      photo: fileView.nullable(),
      official: z.array(officialRead),
      reported: z.array(
        z.object({ id: shape.id, period, value: z.string(), state: readingState, readAt: shape.instant }),
      ),
      integerDigits: z.int(),
      decimals: z.int(),
    }),
  },
  'readingDesk.decide': {
    method: 'POST',
    auth: 'staff',
    audits: ['readingId', 'decision', 'value'],
    summary:
      'Takes a doubtful reading as it is or with another figure, refuses it with words, or sends somebody to look (which leaves it doubtful). The household is told.',
    input: shape.act.extend({
      readingId: shape.id,
      version: z.int(),
      decision: z.enum(['accept', 'correct', 'reject', 'visit']),
      value: figure.optional(),
      words: z.string().trim().max(200).optional(),
    }),
    output: z.object({ reading: deskReading }),
  },
  'readingDesk.report': {
    ...staffRead,
    summary:
      'How a month goes in my areas: reported, adopted by itself, doubtful, refused, missing; by district and community.',
    input: z.strictObject({ companyId: shape.companyId.optional(), period: period.optional() }),
    output: z.object({
      companyId: shape.companyId,
      period,
      asOf: shape.instant,
      total: counts,
      areas: z.array(z.object({ areaId: z.string(), name: z.string(), counts })),
    }),
  },
} as const satisfies Operations

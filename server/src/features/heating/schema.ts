import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

const words = z.string().trim().min(2).max(200)
const caseState = z.enum(['open', 'final', 'agreed', 'objected', 'half-approved', 'approved', 'closed'])

const line = z.object({
  from: shape.day,
  to: shape.day,
  /** 1440 a day; less where a stop lies in it. */
  minutes: z.int(),
  percent: z.int(),
  label: z.string(),
  amountFen: shape.fen,
})
const calculation = z.object({
  state: z.enum(['refund', 'nothing', 'missing', 'waiting']),
  amountFen: shape.fen.nullable(),
  dailyFen: shape.fen.nullable(),
  seasonDays: z.int().nullable(),
  lines: z.array(line),
  /** The outages that it gives back. */
  stops: z.array(z.object({ fromAt: shape.instant, untilAt: shape.instant })),
  /** The whole of it, a sentence a step. */
  steps: z.array(z.string()),
  /** Rules or figures that are not known, in words; then there is no sum. */
  missing: z.array(z.string()),
  /** What a person must look at first. */
  doubts: z.array(z.string()),
  /** By when it is carried out; null where the rules name no day. */
  payBy: shape.day.nullable(),
  /** Until when it was reckoned. */
  asOf: shape.instant,
  isOver: z.boolean(),
  source: z.object({ city: z.string(), words: z.string(), checkedAt: shape.day }),
})
const measurement = z.object({
  at: shape.instant,
  resident: z.enum(['signed', 'refused', 'open']),
  readings: z.array(
    z.object({
      room: z.string(),
      /** Tenths of a degree Celsius. */
      tenths: z.int(),
      heightCm: z.int().nullable(),
      windowsClosedMinutes: z.int().nullable(),
    }),
  ),
})
const round = z.object({
  requestId: shape.id,
  requestNumber: z.string(),
  requestedAt: shape.instant,
  dueAt: shape.instant,
  missedAt: shape.instant.nullable(),
  visits: z.array(measurement),
})
const summary = z.object({
  id: shape.id,
  /** `stop`: outages longer than the rule, given back without a measurement. */
  kind: z.enum(['cold', 'stop']),
  number: z.string(),
  householdId: shape.id,
  season: z.string(),
  state: caseState,
  stateWords: z.string(),
  requestedAt: shape.instant,
  /** The nearest moment by which somebody must come; null where nobody is awaited. */
  dueAt: shape.instant.nullable(),
  amountFen: shape.fen.nullable(),
  reckonedAt: shape.instant.nullable(),
  version: z.int(),
})
const payback = z.object({
  refundedFen: shape.fen,
  creditedFen: shape.fen,
  state: z.enum(['under-way', 'done', 'stuck']),
})
const whole = summary.extend({
  companyId: shape.companyId,
  /** The type by which a re-test is asked for. */
  visitType: z.string(),
  shortAddress: z.string(),
  /** Warm enough from here on; tenths of a degree Celsius. */
  standardTenths: z.int(),
  rules: z.array(z.string()),
  rounds: z.array(round),
  calculation,
  answer: z.string().nullable(),
  objection: z.string().nullable(),
  payback: payback.nullable(),
  hotline: z.string(),
})
export type CaseView = z.infer<typeof whole>
export type CaseSummary = z.infer<typeof summary>

const supplyKind = z.enum(['stop', 'resume'])
const supplyPlan = z.object({
  deadline: shape.day.nullable(),
  isLate: z.boolean(),
  effectFen: shape.fen.nullable(),
  staysFen: shape.fen.nullable(),
  steps: z.array(z.string()),
  missing: z.array(z.string()),
})
const supply = z.object({
  id: shape.id,
  householdId: shape.id,
  season: z.string(),
  kind: supplyKind,
  state: z.enum(['open', 'withdrawn', 'approved', 'refused']),
  isLate: z.boolean(),
  reason: z.string().nullable(),
  fromDay: shape.day.nullable(),
  plan: supplyPlan,
  effectFen: shape.fen.nullable(),
  answer: z.string().nullable(),
  /** Somebody at the company wrote it down for a caller. */
  byDesk: z.boolean(),
  createdAt: shape.instant,
  decidedAt: shape.instant.nullable(),
  version: z.int(),
})
export type SupplyView = z.infer<typeof supply>

const home = z.object({
  householdId: shape.id,
  companyId: shape.companyId,
  companyName: z.string(),
  shortAddress: z.string(),
  season: z.object({ name: z.string(), from: shape.day, to: shape.day }).nullable(),
  /** Whether the supply is stopped this season, as the company's last export says; null without a bill. */
  isStopped: z.boolean().nullable(),
  billAsOf: shape.instant.nullable(),
  visitType: z.string(),
  cases: z.array(summary),
  supplies: z.array(supply),
  /** What outages give back that nobody has asked for yet; null where there is nothing. */
  stopRefund: z.object({ amountFen: shape.fen.nullable(), minutes: z.int() }).nullable(),
  /** What could be applied for now. */
  maySupply: supplyKind.nullable(),
})
export type HeatHome = z.infer<typeof home>

const deskCase = summary.extend({
  companyId: shape.companyId,
  areaName: z.string(),
  addressMasked: z.string(),
  /** Whether the resident has said nothing for so long that it may be approved without them. */
  isSilent: z.boolean(),
})
const deskSupply = supply.extend({
  companyId: shape.companyId,
  areaName: z.string(),
  addressMasked: z.string(),
  decidedByName: z.string().nullable(),
  /** Who wrote it down for a caller; null where the resident applied. */
  filedByName: z.string().nullable(),
  /** How the caller agreed, as it was written down; null where the resident applied. */
  agreement: z.string().nullable(),
})
const askedSupply = z.strictObject({
  householdId: shape.id,
  kind: supplyKind,
  fromDay: shape.day.optional(),
})
const plannedSupply = z.object({
  plan: supplyPlan,
  season: z.object({ name: z.string(), from: shape.day, to: shape.day }),
  consequences: z.array(z.string()),
  source: z.string(),
  asOf: shape.instant,
})
const appliedSupply = shape.act.extend({
  ...askedSupply.shape,
  reason: words.optional(),
  shownEffectFen: shape.fen.nullable(),
  consented: z.literal(true),
})
const ledgerLine = z.object({
  id: shape.id,
  number: z.string(),
  addressMasked: z.string(),
  season: z.string(),
  approvedAt: shape.instant,
  approvers: z.array(z.string()),
  coldDays: z.number(),
  stoppedMinutes: z.int(),
  amountFen: shape.fen,
  refundedFen: shape.fen,
  creditedFen: shape.fen,
  state: z.enum(['under-way', 'done', 'stuck']),
})
export type LedgerLine = z.infer<typeof ledgerLine>

const staffRead = { method: 'GET', auth: 'staff' } as const
const staffWrite = { method: 'POST', auth: 'staff' } as const
const residentRead = { method: 'GET', auth: 'resident' } as const
const residentWrite = { method: 'POST', auth: 'resident' } as const
const page = { cursor: shape.cursor.optional(), limit: shape.pageLimit }
const onCase = shape.act.extend({ caseId: shape.id, version: z.int() })

export const heatingOperations = {
  'heating.mine': {
    ...residentRead,
    summary: 'My heated homes: season, cases of cold rooms, applications to stop or resume the supply.',
    input: shape.nothing,
    output: z.object({ homes: z.array(home), asOf: shape.instant }),
  },
  'heating.getCase': {
    ...residentRead,
    summary: 'One case of my household: measurements, the calculation as it runs, what happens next.',
    input: z.strictObject({ caseId: shape.id }),
    output: whole,
  },
  'heating.agreeCase': {
    ...residentWrite,
    summary: 'I agree to the sum that stands.',
    input: onCase,
    output: whole,
  },
  'heating.objectCase': {
    ...residentWrite,
    summary: 'I object to the sum that stands, with words (异议).',
    input: onCase.extend({ words }),
    output: whole,
  },
  'heating.planStopRefund': {
    ...residentRead,
    summary: 'What my home gets back for outages that were longer than the rule, with the calculation.',
    input: z.strictObject({ householdId: shape.id }),
    output: z.object({ shortAddress: z.string(), calculation: calculation.nullable(), asOf: shape.instant }),
  },
  'heating.applyStopRefund': {
    ...residentWrite,
    summary: 'I ask for what outages give back and agree to the sum that was shown.',
    input: shape.act.extend({ householdId: shape.id, shownAmountFen: shape.fen }),
    output: whole,
  },
  'heating.planSupply': {
    ...residentRead,
    summary: 'What stopping or resuming my supply means: deadline, what stays to pay and how it is reckoned.',
    input: askedSupply,
    output: plannedSupply,
  },
  'heating.applySupply': {
    ...residentWrite,
    summary: 'Applies to stop or resume the supply; what was shown must still be so.',
    input: appliedSupply,
    output: z.object({ supply }),
  },
  'heating.withdrawSupply': {
    ...residentWrite,
    summary: 'Takes back an application that nobody has decided yet.',
    input: shape.act.extend({ supplyId: shape.id }),
    output: z.object({ supply }),
  },
  'heating.listCases': {
    ...staffRead,
    summary: 'Cases of my scope: those under way with what is due first, or all, newest first.',
    input: z.strictObject({
      companyId: shape.companyId.optional(),
      tab: z.enum(['open', 'approve', 'all']).default('open'),
      ...page,
    }),
    output: z.object({ items: z.array(deskCase), nextCursor: shape.cursor.nullable() }),
  },
  'heating.readCase': {
    ...staffRead,
    summary: 'One case for those who decide: measurements, calculation, objection, who approved.',
    input: z.strictObject({ caseId: shape.id }),
    output: whole.extend({
      addressMasked: z.string(),
      isSilent: z.boolean(),
      /** From here on a second person must approve. */
      needsSecond: z.boolean(),
      mayApprove: z.boolean(),
      approvers: z.array(z.object({ name: z.string(), at: shape.instant })),
    }),
  },
  'heating.approveCase': {
    ...staffWrite,
    audits: ['caseId', 'amountFen'],
    summary:
      'Approves the sum that stands; from a configured sum on two persons must. Then the money goes back.',
    input: onCase.extend({ amountFen: shape.fen }),
    output: z.object({ state: caseState }),
  },
  'heating.returnCase': {
    ...staffWrite,
    audits: ['caseId', 'answer', 'recount'],
    summary: 'Answers an objection or sends a sum back: it is reckoned again, or stays as it is, with words.',
    input: onCase.extend({ answer: words, recount: z.boolean() }),
    output: z.object({ state: caseState }),
  },
  'heating.listSupplies': {
    ...staffRead,
    summary: 'Applications to stop or resume the supply, of my scope.',
    input: z.strictObject({
      companyId: shape.companyId.optional(),
      tab: z.enum(['open', 'all']).default('open'),
      ...page,
    }),
    output: z.object({ items: z.array(deskSupply), nextCursor: shape.cursor.nullable() }),
  },
  'heating.planSupplyFor': {
    ...staffRead,
    summary: 'What stopping or resuming a caller’s supply means, to be read out before they agree.',
    input: askedSupply,
    output: plannedSupply,
  },
  'heating.applySupplyFor': {
    ...staffWrite,
    audits: ['householdId', 'kind', 'fromDay', 'shownEffectFen', 'callerKind'],
    summary:
      'Writes down a caller’s application to stop or resume the supply, with how they agreed; the owners are told.',
    input: appliedSupply.extend({ callerKind: z.enum(['phone', 'counter', '12345']), agreement: words }),
    output: z.object({ supply: deskSupply }),
  },
  'heating.decideSupply': {
    ...staffWrite,
    audits: ['supplyId', 'approve', 'answer', 'effectFen'],
    summary:
      'Decides about an application; its effect on the fee is handed to the billing system. Where a rule is missing, who decides says the effect.',
    input: shape.act.extend({
      supplyId: shape.id,
      version: z.int(),
      approve: z.boolean(),
      answer: words,
      effectFen: shape.fen.optional(),
    }),
    output: z.object({ supply: deskSupply }),
  },
  'heating.listLedger': {
    ...staffRead,
    summary:
      'What was paid back for cold homes and stops, with sums; tied to its case and the outage minutes.',
    input: z.strictObject({
      companyId: shape.companyId.optional(),
      from: shape.day.optional(),
      to: shape.day.optional(),
      ...page,
    }),
    output: z.object({
      items: z.array(ledgerLine),
      /** Of all that fits, not only of this page. */
      sums: z.object({
        cases: z.int(),
        amountFen: shape.fen,
        refundedFen: shape.fen,
        creditedFen: shape.fen,
      }),
      nextCursor: shape.cursor.nullable(),
    }),
  },
} as const satisfies Operations

import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { householdsOperations, memberRole } from '../households/schema'
import { identityOperations } from '../identity/schema'
import { shownState } from '../notices/schema'

export { codeDeskOperations, type RevokeReason } from './desk-schema'

/** What stands after /q/ in the printed link. Anything is taken and looked at, so that nonsense is told in words, too. */
const token = z.string().min(1).max(200)

const visit = z.object({
  householdId: shape.id,
  /** Until when paying and reporting at this household is open to whoever scanned. */
  until: shape.instant,
})

/** What anybody who holds the code may know. Nothing in it is unmasked. */
const page = z.object({
  companyId: shape.companyId,
  companyName: z.string(),
  kind: z.enum(['heating', 'gas', 'power', 'water']),
  hotline: z.string(),
  ownerNameMasked: z.string(),
  addressMasked: z.string(),
  accountNoMasked: z.string(),
  /** null: the figure is not known, and `unknownReason` says why. Never 0 for unknown. */
  owedFen: shape.fen.nullable(),
  unknownReason: z.string().nullable(),
  asOf: shape.instant.nullable(),
  /** What is open, the oldest first. */
  bills: z.array(
    z.object({
      id: shape.id,
      title: z.string(),
      period: z.string(),
      owedFen: shape.fen,
      dueOn: shape.day.nullable(),
    }),
  ),
  notices: z.array(
    z.object({
      id: shape.id,
      title: z.string(),
      stateName: z.string(),
      shown: shownState,
      isLate: z.boolean(),
      from: shape.instant.nullable(),
      to: shape.instant.nullable(),
    }),
  ),
  may: z.object({
    /** By which wallet's cashier; none where the company takes no money here. */
    pay: z.array(z.enum(['wechat', 'alipay'])),
    /** Self-service readings of the meter: gas and water. */
    readMeter: z.boolean(),
  }),
})
export type CodePage = z.infer<typeof page>

export const codesOperations = {
  'codes.open': {
    method: 'POST',
    auth: 'public',
    summary:
      'What a scanned code shows to anybody: masked, with what is owed. A code taken out of use says so; everything else is code_unknown.',
    input: z.strictObject({
      token,
      /** Set when a page that is open already asks anew, such as before paying: that is no further scan. */
      again: z.literal(true).optional(),
    }),
    output: z.discriminatedUnion('state', [
      z.object({ state: z.literal('active'), page }),
      z.object({
        state: z.literal('revoked'),
        companyName: z.string(),
        hotline: z.string(),
        /** Why, in words, such as 换发了新码. */
        why: z.string(),
        /** The whole sentence: when, why, and what to do now. */
        words: z.string(),
        revokedAt: shape.instant,
      }),
    ]),
  },
  'codes.visit': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary: 'Opens paying and reporting at this household to me for a while, because I hold its code.',
    input: shape.act.extend({ token }),
    output: visit,
  },
  'codes.enter': {
    method: 'POST',
    auth: 'public',
    summary: 'A session for a browser without a wallet, which ends when the visit does.',
    input: z.strictObject({ token }),
    output: identityOperations['sessions.login'].output.extend({ visit }),
  },
  'codes.bind': {
    method: 'POST',
    auth: 'resident',
    summary: 'Binds the household of this code with a second proof, as households.bind does by its number.',
    input: shape.act.extend({
      token,
      proof: householdsOperations['households.bind'].input.shape.proof,
      role: memberRole.default('family'),
    }),
    output: householdsOperations['households.bind'].output,
  },
  'codes.sendBindCode': {
    method: 'POST',
    auth: 'resident',
    summary: 'Sends a code to the phone on file of this code’s household.',
    input: shape.act.extend({ token }),
    output: householdsOperations['households.sendBindCode'].output,
  },
} as const satisfies Operations

import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

/** `proxy` acts for somebody who lives there, with their consent (亲情代办); nobody takes it by themselves. */
export const householdRole = z.enum(['owner', 'family', 'tenant', 'proxy'])
export const memberRole = z.enum(['owner', 'family', 'tenant'])
export type HouseholdRole = z.infer<typeof householdRole>

const accountNo = z.string().regex(/^\d{4,20}$/, '户号只有数字，请核对')

const household = z.object({
  id: shape.id,
  companyId: shape.companyId,
  companyName: z.string(),
  kind: z.enum(['heating', 'gas', 'power', 'water']),
  accountNo: z.string(),
  accountNoMasked: z.string(),
  ownerNameMasked: z.string(),
  address: z.string(),
  /** Short form for a card's title, such as 松海园 41-6-404. */
  shortAddress: z.string(),
  supply: z.string().nullable(),
  role: householdRole,
  isDefault: z.boolean(),
  boundAt: shape.instant,
})
export type HouseholdView = z.infer<typeof household>

export const householdsOperations = {
  'households.list': {
    method: 'GET',
    auth: 'resident',
    summary: 'My households, the default one first.',
    input: shape.nothing,
    output: z.object({ households: z.array(household) }),
  },
  'households.bind': {
    method: 'POST',
    auth: 'resident',
    summary:
      'Binds a household by account number and a second proof. A wrong number and a wrong proof answer alike.',
    input: shape.act.extend({
      companyId: shape.companyId,
      accountNo,
      proof: z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('phone-tail'),
          value: z.string().regex(/^\d{4}$/, '请填写手机号后四位'),
        }),
        z.strictObject({ kind: z.literal('sms-code'), value: shape.smsCode }),
      ]),
      role: memberRole.default('family'),
    }),
    output: z.object({ household }),
  },
  'households.sendBindCode': {
    method: 'POST',
    auth: 'resident',
    summary:
      'Sends a code to the phone on file; the answer is the same whether the account number exists or not.',
    input: shape.act.extend({ companyId: shape.companyId, accountNo }),
    output: z.object({ retryAfterSeconds: z.int(), expiresInSeconds: z.int() }),
  },
  'households.unbind': {
    method: 'POST',
    auth: 'resident',
    summary: 'Takes one household off my list.',
    input: shape.act.extend({ householdId: shape.id }),
    output: shape.done,
  },
  'households.setDefault': {
    method: 'POST',
    auth: 'resident',
    summary: 'Shows this household first.',
    input: shape.act.extend({ householdId: shape.id }),
    output: shape.done,
  },
  'households.members': {
    method: 'GET',
    auth: 'resident',
    summary: 'Who else has bound this household, masked.',
    input: z.strictObject({ householdId: shape.id }),
    output: z.object({
      members: z.array(
        z.object({
          role: householdRole,
          phoneMasked: z.string().nullable(),
          boundAt: shape.instant,
          isMe: z.boolean(),
        }),
      ),
    }),
  },
  'households.markHousehold': {
    method: 'POST',
    auth: 'staff',
    audits: ['householdId', 'mark', 'on'],
    summary:
      'Marks a customer who must be called when supply goes (重要, 敏感), or takes the mark away. Complaints mark by themselves.',
    input: shape.act.extend({
      householdId: shape.id,
      mark: z.enum(['important', 'sensitive']),
      on: z.boolean(),
      note: z.string().trim().max(100).default(''),
    }),
    output: z.object({ marks: z.array(z.enum(['important', 'sensitive', 'complained'])) }),
  },
  'areas.list': {
    method: 'GET',
    auth: 'staff',
    summary:
      'Places of a company in my scope: those directly below one (or the roots), or those whose name has these words; at most 200.',
    input: z.strictObject({
      companyId: shape.companyId,
      parentId: shape.id.optional(),
      q: z.string().trim().min(1).max(40).optional(),
    }),
    output: z.object({
      areas: z.array(
        z.object({
          id: shape.id,
          name: z.string(),
          /** `district`, `community`, `building` or `unit`. */
          kind: z.string(),
          /** All names from the root, joined by a slash. */
          fullName: z.string(),
          /** The ids from the root down to this one, each followed by a slash. */
          path: z.string(),
          /** Whether there is anything below it. */
          children: z.boolean(),
        }),
      ),
    }),
  },
} as const satisfies Operations

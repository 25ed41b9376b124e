import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { householdRole, memberRole } from '../households/schema'

const token = z.string().regex(/^[0-9a-f]{32}$/, '链接不完整，请让对方重新发一个')
export const relation = z.enum(['daughter', 'son', 'spouse', 'grandchild', 'other'])
export type Relation = z.infer<typeof relation>

const invite = z.object({
  id: shape.id,
  role: memberRole,
  createdAt: shape.instant,
  expiresAt: shape.instant,
})
export type InviteView = z.infer<typeof invite>

const act = z.object({
  /** The whole sentence: 您的女儿于11月22日15:02缴了 120.50 元. */
  words: z.string(),
  at: shape.instant,
})
const proxy = z.object({
  id: shape.id,
  householdId: shape.id,
  shortAddress: z.string(),
  companyName: z.string(),
  agentName: z.string(),
  relation,
  agentPhoneMasked: z.string().nullable(),
  /** Whether I am the one who acts. */
  isAgent: z.boolean(),
  method: z.enum(['wallet', 'sms-code']),
  state: z.enum(['active', 'ended']),
  startedAt: shape.instant,
  until: shape.instant,
  endedAt: shape.instant.nullable(),
  /** Newest first; at most ten. */
  acts: z.array(act),
})
export type ProxyView = z.infer<typeof proxy>

const member = z.object({
  id: shape.id,
  role: householdRole,
  /** An owner who is known to be one. */
  proven: z.boolean(),
  phoneMasked: z.string().nullable(),
  since: shape.instant,
  isMe: z.boolean(),
})
const consent = z.object({ version: z.string(), text: z.string(), textSha256: z.string() })
/** What is handed on: shown this once. The picture is a data address. */
const shared = { token: z.string(), link: z.string(), qr: z.string() }
const staffRead = { method: 'GET', auth: 'staff' } as const
const staffWrite = { method: 'POST', auth: 'staff' } as const

const handover = z.object({
  id: shape.id,
  kind: z.enum(['transfer', 'move-out']),
  effectiveAt: shape.instant,
  state: z.enum(['planned', 'applied', 'withdrawn']),
  source: z.enum(['staff', 'import']),
  byName: z.string().nullable(),
  note: z.string(),
  recordedAt: shape.instant,
})
export type HandoverView = z.infer<typeof handover>

export const familyOperations = {
  'family.readHome': {
    method: 'GET',
    auth: 'resident',
    summary: 'Who lives in one of my households, what I may do there, and who acts for whom.',
    input: z.strictObject({ householdId: shape.id }),
    output: z.object({
      householdId: shape.id,
      companyId: shape.companyId,
      accountNo: z.string(),
      shortAddress: z.string(),
      role: householdRole,
      proven: z.boolean(),
      /** What I may do; the names of the one table (households/powers.ts). */
      powers: z.array(z.string()),
      members: z.array(member),
      invites: z.array(invite),
      proxies: z.array(proxy),
      /** Since when the present holder holds it; null where it never changed hands. */
      heldFrom: shape.instant.nullable(),
    }),
  },
  'family.listPowers': {
    method: 'GET',
    auth: 'resident',
    summary: 'The one table of what each role may do.',
    input: shape.nothing,
    output: z.object({ powers: z.array(z.object({ power: z.string(), roles: z.array(householdRole) })) }),
  },
  'family.inviteMember': {
    method: 'POST',
    auth: 'resident',
    summary: 'Makes a link by which one person joins my household; only a proven owner may.',
    input: shape.act.extend({ householdId: shape.id, role: memberRole }),
    output: z.object({ invite, ...shared }),
  },
  'family.revokeInvite': {
    method: 'POST',
    auth: 'resident',
    summary: 'Takes an invitation back that nobody used yet.',
    input: shape.act.extend({ inviteId: shape.id }),
    output: shape.done,
  },
  'family.openInvite': {
    method: 'GET',
    auth: 'public',
    summary: 'What an invitation is to, masked, before anybody joins.',
    input: z.strictObject({ token }),
    output: z.object({
      state: z.enum(['open', 'gone']),
      companyName: z.string(),
      ownerNameMasked: z.string(),
      addressMasked: z.string(),
      role: memberRole,
      expiresAt: shape.instant,
    }),
  },
  'family.joinHome': {
    method: 'POST',
    auth: 'resident',
    summary: 'Uses an invitation: the household is mine to see, in the role that was offered.',
    input: shape.act.extend({ token }),
    output: z.object({ householdId: shape.id, shortAddress: z.string(), role: householdRole }),
  },
  'family.setRole': {
    method: 'POST',
    auth: 'resident',
    summary: 'Gives another member of my household another role.',
    input: shape.act.extend({ memberId: shape.id, role: memberRole }),
    output: shape.done,
  },
  'family.removeMember': {
    method: 'POST',
    auth: 'resident',
    summary: 'Takes another member out of my household, at once.',
    input: shape.act.extend({ memberId: shape.id }),
    output: shape.done,
  },
  'family.listProxies': {
    method: 'GET',
    auth: 'resident',
    summary: 'For whom I act, and who acts for me, with what was done.',
    input: shape.nothing,
    output: z.object({
      proxies: z.array(proxy),
      asked: z.array(z.object({ id: shape.id, months: z.int(), expiresAt: shape.instant })),
    }),
  },
  'family.askProxy': {
    method: 'POST',
    auth: 'resident',
    summary: 'Asks to act for somebody who has a wallet of their own: a link that they answer.',
    input: shape.act.extend({
      relation,
      agentName: z.string().trim().min(2, '请填写您的姓名').max(20),
      months: z.union([z.literal(3), z.literal(6), z.literal(12)]),
    }),
    output: z.object({ proxyId: shape.id, expiresAt: shape.instant, ...shared }),
  },
  'family.openProxy': {
    method: 'GET',
    auth: 'resident',
    summary: 'Who asks to act for me, for how long, and what exactly I would agree to.',
    input: z.strictObject({ token }),
    output: z.discriminatedUnion('state', [
      z.object({ state: z.literal('gone') }),
      z.object({
        state: z.literal('asked'),
        isMine: z.boolean(),
        agentName: z.string(),
        relation,
        agentPhoneMasked: z.string().nullable(),
        months: z.int(),
        expiresAt: shape.instant,
        consent,
        households: z.array(
          z.object({ householdId: shape.id, shortAddress: z.string(), companyName: z.string() }),
        ),
      }),
    ]),
  },
  'family.answerProxy': {
    method: 'POST',
    auth: 'resident',
    summary: 'Agrees, for these of my households, or refuses; what was shown is kept with the answer.',
    input: shape.act.extend({
      token,
      agree: z.boolean(),
      householdIds: z.array(shape.id).max(10),
      version: z.string().max(16),
      textSha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
    output: shape.done,
  },
  'family.sendProxyCode': {
    method: 'POST',
    auth: 'resident',
    summary:
      'Sends a code to the phone on file of somebody who has no wallet; it lets me act, and nothing else.',
    input: shape.act.extend({ companyId: shape.companyId, accountNo: z.string().regex(/^\d{4,20}$/) }),
    output: z.object({ retryAfterSeconds: z.int(), expiresInSeconds: z.int() }),
  },
  'family.proxyByCode': {
    method: 'POST',
    auth: 'resident',
    summary: 'Acts for the owner who told me the code that was sent to them.',
    input: shape.act.extend({
      companyId: shape.companyId,
      accountNo: z.string().regex(/^\d{4,20}$/),
      code: shape.smsCode,
      relation,
      agentName: z.string().trim().min(2, '请填写您的姓名').max(20),
      months: z.union([z.literal(3), z.literal(6), z.literal(12)]),
    }),
    output: z.object({ householdId: shape.id }),
  },
  'family.readConsent': {
    method: 'GET',
    auth: 'resident',
    summary: 'What whoever is acted for agrees to.',
    input: shape.nothing,
    output: consent,
  },
  'family.endProxy': {
    method: 'POST',
    auth: 'resident',
    summary: 'Ends acting for another at once; either side may, and an owner of the household.',
    input: shape.act.extend({ proxyId: shape.id }),
    output: shape.done,
  },
  'family.renewProxy': {
    method: 'POST',
    auth: 'resident',
    summary: 'Lets somebody act for me for longer; only whoever is acted for may.',
    input: shape.act.extend({
      proxyId: shape.id,
      months: z.union([z.literal(3), z.literal(6), z.literal(12)]),
    }),
    output: z.object({ until: shape.instant }),
  },
  'familyDesk.readHousehold': {
    ...staffRead,
    summary: 'Who is bound to a household, who acts there for whom, and when it changed hands; masked.',
    input: z.strictObject({ householdId: shape.id }),
    output: z.object({
      ownerNameMasked: z.string(),
      addressMasked: z.string(),
      members: z.array(member.omit({ isMe: true })),
      proxies: z.array(
        z.object({
          id: shape.id,
          relation,
          agentPhoneMasked: z.string().nullable(),
          method: z.enum(['wallet', 'sms-code']),
          until: shape.instant,
        }),
      ),
      handovers: z.array(handover),
    }),
  },
  'familyDesk.recordHandover': {
    ...staffWrite,
    audits: ['householdId', 'kind', 'effectiveOn', 'keep'],
    summary: '过户 or a move-out from a day on: bindings end, history is cut, codes and invitations are out.',
    input: shape.act.extend({
      householdId: shape.id,
      kind: z.enum(['transfer', 'move-out']),
      effectiveOn: shape.day,
      note: z.string().trim().max(100).default(''),
      keep: z.array(shape.id).max(50).default([]),
    }),
    output: z.object({ handover }),
  },
  'familyDesk.withdrawHandover': {
    ...staffWrite,
    audits: ['handoverId'],
    summary: 'A change of holder that was a mistake: those whom it ended are bound again.',
    input: shape.act.extend({ handoverId: shape.id }),
    output: z.object({ handover }),
  },
  'familyDesk.stopProxy': {
    ...staffWrite,
    audits: ['proxyId'],
    summary: 'Ends acting for somebody who rang up and wants it no more.',
    input: shape.act.extend({ proxyId: shape.id }),
    output: shape.done,
  },
} as const satisfies Operations

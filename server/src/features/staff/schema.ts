import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

/**
 * The eight roles. `security-admin` keeps accounts and the catalogue but sees no resident's data, `auditor` reads the
 * audit and nothing else: nobody can hold either of them together with another role (等保 8.1.4.2).
 */
export const staffRole = z.enum([
  'agent',
  'dispatcher',
  'worker',
  'publisher',
  'finance',
  'supervisor',
  'security-admin',
  'auditor',
])
export type StaffRole = z.infer<typeof staffRole>

const loginName = z.string().regex(/^[a-z][a-z0-9._-]{2,31}$/, '登录名用小写字母开头，3 到 32 位')
const password = z.string().min(1).max(128)
const totpCode = z.string().regex(/^\d{6}$/, '请填写6位动态码')

/** Whose rows a person may see; null is all of them. */
const scope = z.object({
  companies: z.array(shape.companyId).nullable(),
  /** Areas of the place tree; everything below them is included. */
  areaIds: z.array(shape.id).nullable(),
})

const account = z.object({
  id: shape.id,
  loginName: z.string(),
  name: z.string(),
  phoneMasked: z.string().nullable(),
  roles: z.array(staffRole),
  scope,
  teamId: shape.id.nullable(),
  teamName: z.string().nullable(),
  /** What a worker can do, as codes of the catalogue's `skill`. */
  skills: z.array(z.string()),
  state: z.enum(['active', 'disabled', 'locked']),
  hasSecondFactor: z.boolean(),
  /** Whether a wallet is bound, so that this person can work in the field. */
  hasWallet: z.boolean(),
  lastSeenAt: shape.instant.nullable(),
  createdAt: shape.instant,
})
export type StaffAccountView = z.infer<typeof account>

const accountInput = {
  name: z.string().trim().min(2).max(20),
  phone: shape.mainlandMobile.nullable(),
  roles: z.array(staffRole).min(1).max(6),
  scope,
  teamId: shape.id.nullable(),
  skills: z.array(z.string().max(32)).max(20),
}

const me = z.object({
  id: shape.id,
  loginName: z.string(),
  name: z.string(),
  roles: z.array(staffRole),
  /** Operations this person may call; the console shows only what is among them. */
  may: z.array(z.string()),
  companies: z.array(shape.companyId).nullable(),
  teamId: shape.id.nullable(),
  mustChangePassword: z.boolean(),
  /** The session ends by itself after so long without a request. */
  idleMs: z.int(),
  presence: z.enum(['online', 'away', 'offline']),
})
export type StaffMe = z.infer<typeof me>

const enrolment = z.object({
  step: z.literal('enrol'),
  challenge: z.string(),
  /** Base32, for those who type it. */
  secret: z.string(),
  otpauthUrl: z.string(),
})

/** `second-factor` and `enrol` carry a challenge that lives for five minutes and is good for five codes. */
const signIn = z.discriminatedUnion('step', [
  z.object({ step: z.literal('done'), me }),
  z.object({ step: z.literal('second-factor'), challenge: z.string() }),
  enrolment,
])

const team = z.object({
  id: shape.id,
  companyId: shape.companyId,
  name: z.string(),
  leadId: shape.id.nullable(),
  leadName: z.string().nullable(),
  areaIds: z.array(shape.id),
  members: z.int(),
})
export type TeamView = z.infer<typeof team>

const auditLine = z.object({
  id: shape.id,
  at: shape.instant,
  actor: z.string(),
  actorName: z.string().nullable(),
  action: z.string(),
  object: z.string(),
  /** `done`, `repeated`, an error's code, `open` while it is under way, `unknown` when nobody can say any more. */
  outcome: z.string(),
  ip: z.string().nullable(),
  requestId: z.string(),
  detail: z.string().nullable(),
  /** Its place in the chain; null until it is sealed, seconds after it was written. */
  sequence: z.int().nullable(),
})
export type AuditLineView = z.infer<typeof auditLine>

export const staffOperations = {
  'staff.describe': {
    method: 'GET',
    auth: 'public',
    consoleOnly: true,
    summary:
      'What the sign-in page must know: whether the first account is still to be made, and the password rule.',
    input: shape.nothing,
    output: z.object({ needsSetUp: z.boolean(), passwordRule: z.string(), name: z.string() }),
  },
  'staff.setUp': {
    method: 'POST',
    auth: 'public',
    consoleOnly: true,
    summary:
      'Makes the first security administrator with the one-time code that the server printed at its first start.',
    input: z.strictObject({ setUpCode: z.string().max(64), loginName, name: accountInput.name, password }),
    output: signIn,
  },
  'staff.signIn': {
    method: 'POST',
    auth: 'public',
    consoleOnly: true,
    summary: 'First step of signing in. A wrong name and a wrong password answer alike and take alike.',
    input: z.strictObject({ loginName: z.string().max(64), password }),
    output: signIn,
  },
  'staff.confirmCode': {
    method: 'POST',
    auth: 'public',
    consoleOnly: true,
    summary:
      'Second step: the code of the authenticator app, also the first one after enrolling. A code works once.',
    input: z.strictObject({ challenge: z.string().max(128), code: totpCode }),
    output: signIn,
  },
  'staff.signOut': {
    method: 'POST',
    auth: 'staff',
    summary: 'Ends this session.',
    input: shape.act,
    output: shape.done,
  },
  'staff.me': {
    method: 'GET',
    auth: 'staff',
    summary: 'Who I am and what I may do.',
    input: shape.nothing,
    output: z.object({ me }),
  },
  'staff.setPresence': {
    method: 'POST',
    auth: 'staff',
    summary: 'Says whether I take work now.',
    input: shape.act.extend({ presence: z.enum(['online', 'away', 'offline']) }),
    output: shape.done,
  },
  'staff.changePassword': {
    method: 'POST',
    auth: 'staff',
    summary: 'Changes my password and ends my other sessions.',
    input: shape.act.extend({ oldPassword: password, newPassword: password }),
    output: shape.done,
  },
  'staff.enrolSecondFactor': {
    method: 'POST',
    auth: 'staff',
    summary:
      'Begins a second factor of my own free will; `staff.confirmCode` with the app’s first code ends it and opens a new session.',
    input: shape.act.extend({ password }),
    output: enrolment,
  },
  'staff.sessions': {
    method: 'GET',
    auth: 'staff',
    summary: 'Where I am signed in.',
    input: shape.nothing,
    output: z.object({
      sessions: z.array(
        z.object({
          id: shape.id,
          ip: z.string().nullable(),
          agent: z.string(),
          createdAt: shape.instant,
          lastSeenAt: shape.instant,
          current: z.boolean(),
        }),
      ),
    }),
  },
  'staff.endSession': {
    method: 'POST',
    auth: 'staff',
    summary: 'Ends one of my sessions.',
    input: shape.act.extend({ sessionId: shape.id }),
    output: shape.done,
    audits: ['sessionId'],
  },
  'staff.list': {
    method: 'GET',
    auth: 'staff',
    summary: 'Accounts, by name.',
    input: z.strictObject({
      q: z.string().max(40).optional(),
      role: staffRole.optional(),
      teamId: shape.id.optional(),
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({ items: z.array(account), nextCursor: shape.cursor.nullable() }),
  },
  'staff.create': {
    method: 'POST',
    auth: 'staff',
    summary: 'Makes an account. The answer has a password that works once and must be changed.',
    input: shape.act.extend({ loginName, ...accountInput }),
    output: z.object({ account, oneTimePassword: z.string() }),
    audits: ['loginName', 'roles'],
  },
  'staff.update': {
    method: 'POST',
    auth: 'staff',
    summary:
      'Changes an account; roles and scope count from its next request. Without `phone` the number stays as it is, because nobody sees it whole.',
    input: shape.act.extend({ staffId: shape.id, ...accountInput, phone: accountInput.phone.optional() }),
    output: z.object({ account }),
    audits: ['staffId', 'roles'],
  },
  'staff.setState': {
    method: 'POST',
    auth: 'staff',
    summary: 'Disables an account and ends its sessions, or lets it in again.',
    input: shape.act.extend({
      staffId: shape.id,
      state: z.enum(['active', 'disabled']),
      reason: z.string().min(2).max(200),
    }),
    output: z.object({ account }),
    audits: ['staffId', 'state', 'reason'],
  },
  'staff.resetPassword': {
    method: 'POST',
    auth: 'staff',
    summary:
      'Gives an account a password that works once, ends its sessions, and on wish forgets its second factor.',
    input: shape.act.extend({ staffId: shape.id, forgetSecondFactor: z.boolean() }),
    output: z.object({ oneTimePassword: z.string() }),
    audits: ['staffId', 'forgetSecondFactor'],
  },
  'staff.makeBindCode': {
    method: 'POST',
    auth: 'staff',
    summary:
      'A code, good for ten minutes and once, with which a worker binds their wallet in the mini-program.',
    input: shape.act.extend({ staffId: shape.id }),
    output: z.object({ code: z.string(), expiresAt: shape.instant }),
    audits: ['staffId'],
  },
  'staff.bindWallet': {
    method: 'POST',
    auth: 'resident',
    summary: 'Binds the wallet I am signed in with to the staff account whose code this is.',
    input: shape.act.extend({ code: z.string().regex(/^[0-9A-Z]{8}$/, '请填写8位绑定码') }),
    output: z.object({ name: z.string(), teamName: z.string().nullable() }),
  },
  'staff.unbindWallet': {
    method: 'POST',
    auth: 'worker',
    summary: 'Takes my wallet off my staff account.',
    input: shape.act,
    output: shape.done,
  },
  'teams.list': {
    method: 'GET',
    auth: 'staff',
    summary: 'Teams of the companies I see.',
    input: shape.nothing,
    output: z.object({ teams: z.array(team) }),
  },
  'teams.save': {
    method: 'POST',
    auth: 'staff',
    summary: 'Makes or changes a team.',
    input: shape.act.extend({
      teamId: shape.id.nullable(),
      companyId: shape.companyId,
      name: z.string().trim().min(2).max(30),
      leadId: shape.id.nullable(),
      areaIds: z.array(shape.id).max(200),
    }),
    output: z.object({ team }),
    audits: ['teamId', 'name', 'leadId'],
  },
  'staff.noteCsv': {
    method: 'POST',
    auth: 'staff',
    summary:
      'Keeps that I take the shown rows of a table along: which table, which columns and how many rows.',
    input: shape.act.extend({
      /** The console's name of the table, such as `people`. */
      table: z.string().regex(/^[a-z][a-z-]{1,39}$/),
      columns: z.array(z.string().max(40)).max(40),
      rows: z.int().min(0).max(100_000),
    }),
    output: shape.done,
    audits: ['table', 'columns', 'rows'],
  },
  'audit.list': {
    method: 'GET',
    auth: 'staff',
    summary: 'The audit, newest first.',
    input: z.strictObject({
      actor: z.string().max(64).optional(),
      action: z.string().max(64).optional(),
      object: z.string().max(96).optional(),
      from: z.coerce.number().int().min(0).optional(),
      to: z.coerce.number().int().min(0).optional(),
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({
      items: z.array(auditLine),
      nextCursor: shape.cursor.nullable(),
    }),
  },
  'audit.verify': {
    method: 'GET',
    auth: 'staff',
    summary: 'Reckons the chain anew and names the first row that was changed, taken out or put in.',
    input: shape.nothing,
    output: z.object({
      sealed: z.int(),
      /** How many of them were reckoned in the time there was; the nightly check reckons all. */
      checked: z.int(),
      waiting: z.int(),
      headHash: z.string().nullable(),
      faults: z.array(
        z.object({ sequence: z.int().nullable(), id: z.string().nullable(), what: z.string() }),
      ),
    }),
  },
} as const satisfies Operations

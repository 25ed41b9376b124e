import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

/**
 * Which app the resident came through. It also says which openid the payment must use. `pc` is a browser that a
 * telephone signed in, `guest` one that came by a household's code and stays as long as that visit lasts.
 */
export const loginChannel = z.enum([
  'wechat-mini',
  'wechat-oa',
  'alipay-mini',
  'alipay-web',
  'sms',
  'pc',
  'guest',
])
export type LoginChannelName = z.infer<typeof loginChannel>

const me = z.object({
  id: shape.id,
  phoneMasked: z.string().nullable(),
  channel: loginChannel,
  identities: z.array(z.object({ provider: z.string(), linkedAt: shape.instant })),
  elderMode: z.boolean(),
  consent: z.object({ version: z.string(), granted: z.boolean() }).nullable(),
})
export type Me = z.infer<typeof me>

const sessionView = z.object({
  id: shape.id,
  channel: loginChannel,
  /** What it was opened on, where a telephone signed it in. */
  openedOn: z.string().nullable(),
  openedAt: shape.instant,
  lastSeenAt: shape.instant,
  /** The one that asks. */
  isThis: z.boolean(),
})
export type SessionView = z.infer<typeof sessionView>

const scanToken = z.string().regex(/^[0-9a-f]{32}$/)

const session = z.object({ token: z.string(), expiresAt: shape.instant, me })

export const identityOperations = {
  'sessions.login': {
    method: 'POST',
    auth: 'public',
    summary: 'A mini-program trades its login code for a session.',
    input: z.strictObject({
      channel: z.enum(['wechat-mini', 'alipay-mini']),
      code: z.string().min(8).max(256),
    }),
    output: session,
  },
  'sessions.redeem': {
    method: 'POST',
    auth: 'public',
    summary: 'A browser trades the one-time ticket it got after OAuth for a session (same browser only).',
    input: z.strictObject({ ticket: z.string().min(20).max(128) }),
    output: session,
  },
  'sessions.sendCode': {
    method: 'POST',
    auth: 'public',
    summary: 'Sends a six-digit SMS code to a phone; the answer is the same whoever owns the number.',
    input: z.strictObject({
      phone: shape.mainlandMobile,
      /** A code sent for one purpose is worth nothing for the other. */
      purpose: z.enum(['login', 'link-phone']).default('login'),
    }),
    output: z.object({ retryAfterSeconds: z.int(), expiresInSeconds: z.int() }),
  },
  'sessions.loginByCode': {
    method: 'POST',
    auth: 'public',
    summary: 'Logs in with a phone number and its SMS code.',
    input: z.strictObject({ phone: shape.mainlandMobile, code: shape.smsCode }),
    output: session,
  },
  'sessions.end': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary: 'Ends this session.',
    input: shape.act,
    output: shape.done,
  },
  'sessions.endAll': {
    method: 'POST',
    auth: 'resident',
    summary: 'Ends every session of this resident on all devices.',
    input: shape.act,
    output: shape.done,
  },
  'sessions.list': {
    method: 'GET',
    auth: 'resident',
    summary: 'Where I am signed in, the latest use first.',
    input: shape.nothing,
    output: z.object({ items: z.array(sessionView) }),
  },
  'sessions.endOne': {
    method: 'POST',
    auth: 'resident',
    summary: 'Ends one of my sessions.',
    input: shape.act.extend({ sessionId: shape.id }),
    output: shape.done,
  },
  'scans.begin': {
    method: 'POST',
    auth: 'public',
    summary:
      'A browser on a PC asks to be signed in by a telephone that scans its code; it gets a cookie, too.',
    input: shape.nothing,
    output: z.object({ scanId: shape.id, link: z.string(), expiresAt: shape.instant }),
  },
  'scans.watch': {
    method: 'GET',
    auth: 'public',
    summary: 'How far that is, told only to the browser that asked.',
    input: z.strictObject({ scanId: shape.id }),
    output: z.object({
      state: z.enum(['waiting', 'seen', 'confirmed', 'refused', 'used', 'expired']),
      digits: z.string().nullable(),
      expiresAt: shape.instant,
    }),
  },
  'scans.redeem': {
    method: 'POST',
    auth: 'public',
    summary: 'That browser fetches its session, once.',
    input: z.strictObject({ scanId: shape.id }),
    output: session,
  },
  'scans.open': {
    method: 'POST',
    auth: 'resident',
    summary: 'A telephone has scanned the code: what asks, from where and when.',
    input: shape.act.extend({ token: scanToken }),
    output: z.object({
      browser: z.string(),
      network: z.string(),
      sameNetwork: z.boolean(),
      askedAt: shape.instant,
      expiresAt: shape.instant,
    }),
  },
  'scans.confirm': {
    method: 'POST',
    auth: 'resident',
    summary: 'Signs that PC in, with the number that it shows.',
    input: shape.act.extend({ token: scanToken, digits: z.string().regex(/^\d{2}$/, '请填写两位数字') }),
    output: shape.done,
  },
  'scans.refuse': {
    method: 'POST',
    auth: 'resident',
    summary: 'It was not me.',
    input: shape.act.extend({ token: scanToken }),
    output: shape.done,
  },
  'residents.me': {
    method: 'GET',
    auth: 'resident',
    guests: true,
    summary: 'Who I am to the portal.',
    input: shape.nothing,
    output: me,
  },
  'residents.linkPhone': {
    method: 'POST',
    auth: 'resident',
    summary: "Links the phone number that the wallet's own button vouches for.",
    input: z.discriminatedUnion('provider', [
      shape.act.extend({ provider: z.literal('wechat'), code: z.string().min(8).max(256) }),
      shape.act.extend({ provider: z.literal('alipay'), response: z.string().min(8).max(4096) }),
      shape.act.extend({ provider: z.literal('sms'), phone: shape.mainlandMobile, code: shape.smsCode }),
    ]),
    output: me,
  },
  'residents.saveSettings': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary: 'Saves settings that follow the resident from device to device.',
    input: shape.act.extend({ elderMode: z.boolean() }),
    output: me,
  },
  'consents.record': {
    method: 'POST',
    auth: 'resident',
    guests: true,
    summary: 'Records a consent or its withdrawal, with the version and hash of the text that was shown.',
    input: shape.act.extend({
      purpose: z.enum(['privacy-policy', 'location', 'marketing']),
      version: z.string().max(32),
      textSha256: z.string().regex(/^[0-9a-f]{64}$/),
      granted: z.boolean(),
      clientVersion: z.string().max(32),
    }),
    output: shape.done,
  },
} as const satisfies Operations

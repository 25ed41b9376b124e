import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { context } from '../chat/schema'

const call = z.object({
  id: shape.id,
  companyId: shape.companyId,
  state: z.enum(['ringing', 'talking', 'ended', 'missed']),
  phoneMasked: z.string(),
  nameMasked: z.string().nullable(),
  shortAddress: z.string().nullable(),
  agent: z.object({ id: shape.id, name: z.string() }).nullable(),
  startedAt: shape.instant,
  answeredAt: shape.instant.nullable(),
  endedAt: shape.instant.nullable(),
  request: z.object({ id: shape.id, number: z.string() }).nullable(),
  callBack: z.enum(['open', 'taken', 'done']).nullable(),
  missedTimes: z.int(),
  callBackBy: z.object({ id: shape.id, name: z.string() }).nullable(),
  callBackAt: shape.instant.nullable(),
  callBackResult: z.string().nullable(),
  version: z.int(),
})
export type CallContext = z.infer<typeof context>
export type CallView = z.infer<typeof call>
const one = z.object({ call })
const staffRead = { method: 'GET', auth: 'staff' } as const
const staffWrite = { method: 'POST', auth: 'staff' } as const

export const callsOperations = {
  'calls.mine': {
    ...staffRead,
    summary: 'The call that rings at my telephone or is with me now, and which telephone that is.',
    input: shape.nothing,
    output: z.object({
      call: call.nullable(),
      extensions: z.array(z.object({ companyId: shape.companyId, extension: z.string() })),
    }),
  },
  'calls.setExtension': {
    ...staffWrite,
    audits: ['companyId', 'extension'],
    summary: 'Says which telephone of a company I sit at; null: at none.',
    input: shape.act.extend({
      companyId: shape.companyId,
      extension: z
        .string()
        .regex(/^\d{2,8}$/, '请填写2到8位分机号')
        .nullable(),
    }),
    output: z.object({ extension: z.string().nullable() }),
  },
  'calls.get': {
    ...staffRead,
    summary:
      'One call with who may be calling: households of this number, arrears, outages, requests, chats, notes.',
    input: z.strictObject({ callId: shape.id }),
    output: one.extend({ context }),
  },
  'calls.list': {
    ...staffRead,
    summary:
      'Calls of my companies (or of the one that is named) and areas, newest first; `missed` are those that wait to be called back, oldest first.',
    input: z.strictObject({
      tab: z.enum(['all', 'missed']).default('all'),
      companyId: shape.companyId.optional(),
      cursor: shape.cursor.optional(),
      limit: shape.pageLimit,
    }),
    output: z.object({
      items: z.array(call),
      /** Of today: calls, answered ones, lost ones, called back; and the share of those answered or over that was answered within 20 seconds. */
      today: z.object({
        calls: z.int(),
        answered: z.int(),
        missed: z.int(),
        calledBack: z.int(),
        in20sPercent: z.int().nullable(),
      }),
      nextCursor: shape.cursor.nullable(),
    }),
  },
  'calls.takeBack': {
    ...staffWrite,
    audits: ['callId'],
    summary:
      'I call this number back: shows it whole once, which the audit keeps, and keeps others from calling too.',
    input: shape.act.extend({ callId: shape.id, version: z.int() }),
    output: one.extend({ phone: z.string() }),
  },
  'calls.endBack': {
    ...staffWrite,
    audits: ['callId', 'result'],
    summary: 'What came of calling back; without an answer it goes back to the list.',
    input: shape.act.extend({
      callId: shape.id,
      version: z.int(),
      reached: z.boolean(),
      result: z.string().trim().min(2).max(200),
    }),
    output: one,
  },
  'calls.linkRequest': {
    ...staffWrite,
    audits: ['callId', 'requestId'],
    summary: 'The request that came of this call.',
    input: shape.act.extend({ callId: shape.id, requestId: shape.id }),
    output: one,
  },
} as const satisfies Operations

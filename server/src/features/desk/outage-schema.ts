import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'

/** What the desk does where requests and outage notices meet. */
export const outageOperations = {
  'desk.linkNotice': {
    method: 'POST',
    auth: 'staff',
    summary:
      'Makes requests part of a live outage: nobody is sent, their promises rest, and they end with the restoration. Each succeeds or fails by itself.',
    input: shape.act.extend({
      requestIds: z.array(shape.id).min(1).max(200),
      noticeId: shape.id,
      /** Needed for requests whose home the outage does not cover. */
      reason: z.string().trim().min(2).max(100).optional(),
    }),
    output: z.object({ results: z.array(z.object({ requestId: shape.id, refused: z.string().nullable() })) }),
    audits: ['requestIds', 'noticeId', 'reason'],
  },
  'desk.showCallPhone': {
    method: 'POST',
    auth: 'staff',
    summary:
      'The whole number of a customer on the call list of a notice; counted per person and day like desk.unmask.',
    input: shape.act.extend({ noticeId: shape.id, householdId: shape.id }),
    output: z.object({ phone: z.string(), leftToday: z.int() }),
    audits: ['noticeId', 'householdId'],
  },
} as const satisfies Operations

import { z } from 'zod'
import type { Operations } from '../../core/http/operation'
import * as shape from '../../core/http/shapes'
import { slotView } from '../appointments/schema'

/** What an agent does about visits while somebody is on the telephone. */
export const visitOperations = {
  'desk.slots': {
    method: 'GET',
    auth: 'staff',
    summary:
      'Free times for a visit: of a request, or of a type and household that is just being taken down.',
    input: z.strictObject({
      requestId: shape.id.optional(),
      companyId: shape.companyId,
      typeId: z.string().max(32),
      householdId: shape.id.optional(),
    }),
    output: z.object({ slots: z.array(slotView), prepare: z.string() }),
  },
  'desk.holdVisit': {
    method: 'POST',
    auth: 'staff',
    summary: 'Keeps a time while a caller’s request is taken down; null lets go of what I hold for the type.',
    input: shape.act.extend({
      companyId: shape.companyId,
      typeId: z.string().max(32),
      householdId: shape.id.optional(),
      slotId: shape.id.nullable(),
    }),
    output: z.object({ hold: z.object({ holdId: shape.id, expiresAt: shape.instant }).nullable() }),
    audits: ['companyId', 'typeId', 'slotId'],
  },
} as const satisfies Operations

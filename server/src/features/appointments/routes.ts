import { implement } from '../../platforms/feature'
import { holdSlot } from './hold-slot'
import { listSlots } from './list-slots'
import { readSlotPlan } from './read-slot-plan'
import { releaseSlot } from './release-slot'
import { saveSlots } from './save-slots'
import { appointmentsOperations } from './schema'

export const appointmentsRoutes = implement(appointmentsOperations, {
  'slots.list': { limit: 'read', handle: listSlots },
  'slots.hold': { limit: 'write', handle: holdSlot },
  'slots.release': { limit: 'write', handle: releaseSlot },
  'slots.plan': { limit: 'read', handle: readSlotPlan },
  'slots.save': { limit: 'write', handle: saveSlots },
})

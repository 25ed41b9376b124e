import { implement } from '../../platforms/feature'
import { bindHousehold } from './bind-household'
import { listAreas } from './list-areas'
import { listHouseholds } from './list-households'
import { listMembers } from './list-members'
import { markHousehold } from './mark-household'
import { householdsOperations } from './schema'
import { sendBindCode } from './send-bind-code'
import { setDefaultHousehold } from './set-default-household'
import { unbindHousehold } from './unbind-household'

export const householdsRoutes = implement(householdsOperations, {
  'households.list': { limit: 'read', handle: async (ctx) => ({ households: await listHouseholds(ctx) }) },
  'households.bind': {
    limit: 'write',
    keepsClientId: true,
    handle: async (ctx, input) => ({ household: await bindHousehold(ctx, input) }),
  },
  'households.sendBindCode': { limit: 'write', handle: (ctx, input) => sendBindCode(ctx, input) },
  'households.unbind': {
    limit: 'write',
    handle: async (ctx, input) => {
      await unbindHousehold(ctx, input)
      return { done: true } as const
    },
  },
  'households.setDefault': {
    limit: 'write',
    handle: async (ctx, input) => {
      await setDefaultHousehold(ctx, input)
      return { done: true } as const
    },
  },
  'households.members': {
    limit: 'read',
    handle: async (ctx, input) => ({ members: await listMembers(ctx, input) }),
  },
  'households.markHousehold': {
    limit: 'write',
    handle: async (ctx, input) => ({ marks: await markHousehold(ctx, input) }),
  },
  'areas.list': { limit: 'read', handle: async (ctx, input) => ({ areas: await listAreas(ctx, input) }) },
})

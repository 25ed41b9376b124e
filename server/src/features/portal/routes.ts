import { implement } from '../../platforms/feature'
import { describePortal } from './describe-portal'
import { portalOperations } from './schema'

export const portalRoutes = implement(portalOperations, {
  'portal.describe': { limit: 'read', handle: async (ctx) => describePortal(ctx) },
})

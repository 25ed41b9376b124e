import { type Feature, implement } from '../../platforms/feature'
import { describePortal } from './describe-portal'
import { listTariffs } from './list-tariffs'
import { portalOperations } from './schema'

/** What anyone may read before consent and login. It stores nothing. */
export const portalFeature: Feature = {
  name: 'portal',
  tables: [],
  routes: implement(portalOperations, {
    'portal.describe': { limit: 'read', handle: async (ctx) => describePortal(ctx) },
    'tariffs.list': { limit: 'read', handle: async (ctx) => listTariffs(ctx) },
  }),
}

export { privacyTextSha256 } from './describe-portal'

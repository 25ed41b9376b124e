import type { Feature } from '../../platforms/feature'
import { logoRoute } from './brand'
import { portalRoutes } from './routes'

/** What anyone may read before consent and login. It stores nothing. */
export const portalFeature: Feature = {
  name: 'portal',
  tables: [],
  routes: portalRoutes,
  rawRoutes: [logoRoute],
}

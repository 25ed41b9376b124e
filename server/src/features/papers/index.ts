import type { Feature } from '../../platforms/feature'
import { proofTable } from './entities'
import { paperRoutes } from './paper-routes'
import { papersRoutes } from './routes'

export { papersPersonal } from './personal'

export const papersFeature: Feature = {
  name: 'papers',
  tables: [proofTable],
  routes: papersRoutes,
  rawRoutes: paperRoutes,
}

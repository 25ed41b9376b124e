import type { Feature } from '../../platforms/feature'
import * as entities from './entities'
import { noticesRoutes } from './routes'

export const noticesFeature: Feature = {
  name: 'notices',
  tables: Object.values(entities),
  routes: noticesRoutes,
}

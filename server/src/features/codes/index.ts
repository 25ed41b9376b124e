import type { Feature } from '../../platforms/feature'
import { codeScanTable, householdCodeTable } from './entities'
import { codesRoutes } from './routes'
import { scanRoutes } from './scan-routes'

export const codesFeature: Feature = {
  name: 'codes',
  tables: [householdCodeTable, codeScanTable],
  routes: codesRoutes,
  rawRoutes: scanRoutes,
}

import type { Feature } from '../../platforms/feature'
import { endProxiesOften } from './end-proxy'
import { inviteTable, proxyActTable, proxyConsentTable, proxyTable } from './entities'
import { familyRoutes } from './routes'

export { actsFor } from './acts-for'
export { noteActedFor } from './note-act'
export { familyPersonal } from './personal'

export const familyFeature: Feature = {
  name: 'family',
  tables: [inviteTable, proxyTable, proxyConsentTable, proxyActTable],
  routes: familyRoutes,
  schedules: [endProxiesOften],
}

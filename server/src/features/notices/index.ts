import type { Feature } from '../../platforms/feature'
import * as entities from './entities'
import { spreadJob, spreadSchedule } from './fan-out'
import { minutesSchedule } from './minutes'
import { noticesRoutes } from './routes'

export { type AffectingNotice, noticesAffecting, subscriptionsAmong } from './affecting'
export { leadRuleFaults } from './lead-rules'
export { outagesOfHousehold } from './minutes'
export { type SupplyLost, suggestOutage } from './suggest'

export const noticesFeature: Feature = {
  name: 'notices',
  tables: Object.values(entities),
  routes: noticesRoutes,
  jobs: [spreadJob],
  schedules: [spreadSchedule, minutesSchedule],
}

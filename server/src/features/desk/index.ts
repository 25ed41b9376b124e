import type { Feature } from '../../platforms/feature'
import { exportTable, quotaTable, replyTable, viewTable } from './entities'
import { exportRoute } from './export-routes'
import { followRoute } from './follow-routes'
import { sendFollowLink } from './jobs'
import { liveRoute } from './live-routes'
import { deskRoutes } from './routes'

export { BYTE_ORDER_MARK, csvCell, csvLine } from './csv'
export { followUrl } from './follow-url'
export { householdPanel } from './household-panel'
export { secondsToMidnight } from './export-inbox'
export { requestInScope } from './request-in-scope'
export { seedDemoReplies } from './seed-demo-replies'
export { takeQuota } from './store'
export { tellOfLimit } from './tell-of-limit'
export { assertTakenHere } from './taken-here'
export { deskPersonal } from './personal'

export const deskFeature: Feature = {
  name: 'desk',
  tables: [viewTable, replyTable, exportTable, quotaTable],
  routes: deskRoutes,
  rawRoutes: [exportRoute, followRoute, liveRoute],
  jobs: [sendFollowLink],
}

import type { Feature } from '../../platforms/feature'
import { exportTable, quotaTable, replyTable, viewTable } from './entities'
import { exportRoute } from './export-routes'
import { followRoute } from './follow-routes'
import { sendFollowLink } from './jobs'
import { liveRoute } from './live-routes'
import { deskRoutes } from './routes'

export { seedDemoReplies } from './seed-demo-replies'

export const deskFeature: Feature = {
  name: 'desk',
  tables: [viewTable, replyTable, exportTable, quotaTable],
  routes: deskRoutes,
  rawRoutes: [exportRoute, followRoute, liveRoute],
  jobs: [sendFollowLink],
}

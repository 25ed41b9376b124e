import type { Feature } from '../../platforms/feature'
import * as entities from './entities'
import { collectCallsJob } from './collect-calls'
import { countPreviewJob } from './count-preview'
import { spreadJob, spreadSchedule } from './fan-out'
import { endNoticesOften, keepCopyOften, publishDueOften } from './jobs'
import { minutesSchedule } from './minutes'
import { noticesRoutes } from './routes'

export { type AffectingNotice, noticesAffecting, subscriptionsAmong } from './affecting'
export {
  addMerged,
  changeFeedback,
  keepFeedback,
  liveFacts,
  lockLive,
  markRequestsClosed,
  restoredToClose,
} from './affecting-store'
export { coversPlace, mayRead } from './covers-place'
export { fanOutReason } from './fan-out'
export { openNoticesOf } from './open-notices-of'
export { leadRuleFaults } from './lead-rules'
export { assertListed } from './list-calls'
export { changedNotices, openSuggestionCounts } from './news-store'
export { outagesOfHousehold } from './minutes'
export { seedDemoNotices } from './seed-demo-notices'
export { type SupplyLost, suggestOutage } from './suggest'
export { noticesPersonal } from './personal'

export const noticesFeature: Feature = {
  name: 'notices',
  tables: Object.values(entities),
  routes: noticesRoutes,
  jobs: [spreadJob, countPreviewJob, collectCallsJob],
  schedules: [publishDueOften, spreadSchedule, minutesSchedule, keepCopyOften, endNoticesOften],
}

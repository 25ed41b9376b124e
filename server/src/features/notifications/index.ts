import type { Feature } from '../../platforms/feature'
import { smsReports } from './callbacks'
import { messagePump } from './deliver-messages'
import {
  bulkTable,
  creditTable,
  deliveryTable,
  emailTable,
  messageTable,
  restTable,
  smsMonthTable,
  switchTable,
  tallyTable,
} from './entities'
import { forgetMessagesHourly } from './forget-messages'
import { measureQueueOften } from './measure-queue'
import { notificationsRoutes } from './routes'
export { notificationsPersonal } from './personal'

export const notificationsFeature: Feature = {
  name: 'notifications',
  tables: [
    messageTable,
    bulkTable,
    deliveryTable,
    tallyTable,
    switchTable,
    restTable,
    smsMonthTable,
    creditTable,
    emailTable,
  ],
  routes: notificationsRoutes,
  rawRoutes: [smsReports],
  schedules: [forgetMessagesHourly, measureQueueOften],
  pumps: [messagePump],
}

export { addToBulk } from './add-to-bulk'
export { bulkProgress } from './bulk-progress'
export { closeBulk } from './close-bulk'
export { confirmedEmail } from './confirmed-email'
export { maskEmail } from './mask-email'
export { messageFaults } from './message-faults'
export { creditByEvent } from './credit-by-event'
export { deliveryReport } from './delivery-report'
export { endCredits } from './end-credits'
export {
  type ChatWindow,
  chatWindows,
  type ChatWindowOf,
  closeChatWindow,
  openChatWindow,
  spendChatWindow,
} from './open-chat-window'
export { carriesOver } from './carries-over'
export { notifyResident } from './notify-resident'
export { openBulk } from './open-bulk'
export { reachOf, textCostFen } from './reach-of'
export { stopBulk } from './stop-bulk'
export { toldBy } from './told-by'

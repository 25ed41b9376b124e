import type { Feature } from '../../platforms/feature'
import { deliverMessage } from './deliver-message'
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
import { notificationsRoutes } from './routes'

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
  jobs: [deliverMessage],
}

export { addToBulk } from './add-to-bulk'
export { type BulkProgress, bulkProgress } from './bulk-progress'
export { closeBulk } from './close-bulk'
export { notifyResident } from './notify-resident'
export { openBulk } from './open-bulk'
export { stopBulk } from './stop-bulk'
export { templateFaults } from './template-files'
export { toldBy } from './told-by'

import type { Feature } from '../../platforms/feature'
import { deliverMessage } from './deliver-message'
import {
  bulkTable,
  creditTable,
  deliveryTable,
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
  ],
  routes: notificationsRoutes,
  jobs: [deliverMessage],
}

export { notifyResident } from './notify-resident'

import type { Feature } from '../../platforms/feature'
import {
  fieldActionTable,
  helpMessageTable,
  helpThreadTable,
  leadOfferTable,
  locationConsentTable,
  workerPlaceTable,
} from './entities'
import { forgetFieldRowsHourly, forgetPlacesOften, lapseOffersOften } from './jobs'
import { dispatchRoutes } from './routes'
export { dispatchPersonal } from './personal'

export const dispatchFeature: Feature = {
  name: 'dispatch',
  tables: [
    fieldActionTable,
    helpMessageTable,
    helpThreadTable,
    leadOfferTable,
    locationConsentTable,
    workerPlaceTable,
  ],
  routes: dispatchRoutes,
  schedules: [lapseOffersOften, forgetPlacesOften, forgetFieldRowsHourly],
}

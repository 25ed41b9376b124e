import type { Feature } from '../../platforms/feature'
import { visitBookingTable, visitDayTable, visitSlotTable } from './entities'
import { appointmentsSchedules } from './jobs'
import { appointmentsRoutes } from './routes'

export { appointmentOf, changeAppointment, confirmHold, freeAppointment, type VisitTime } from './bookings'
export { keepPlace } from './keep-place'
export { offeredSlots, prepareFor, slotFor, type VisitWish } from './offered-slots'
export { releaseHeld } from './release-held'
export type { AppointmentView } from './schema'
export { planFaults } from './plan-days'
export { appointmentsPersonal } from './personal'

export const appointmentsFeature: Feature = {
  name: 'appointments',
  tables: [visitSlotTable, visitDayTable, visitBookingTable],
  routes: appointmentsRoutes,
  schedules: appointmentsSchedules,
}

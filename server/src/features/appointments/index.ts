import type { Feature } from '../../platforms/feature'
import { visitBookingTable, visitDayTable, visitSlotTable } from './entities'
import { appointmentsSchedules } from './jobs'
import { appointmentsRoutes } from './routes'

export { appointmentOf, changeAppointment, confirmHold, freeAppointment } from './bookings'
export type { AppointmentView } from './schema'
export { planFaults } from './plan-days'

export const appointmentsFeature: Feature = {
  name: 'appointments',
  tables: [visitSlotTable, visitDayTable, visitBookingTable],
  routes: appointmentsRoutes,
  schedules: appointmentsSchedules,
}

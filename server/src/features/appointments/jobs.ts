import { defineSchedule } from '../../platforms/feature'
import { expireHolds } from './expire-holds'
import { remindVisits } from './remind-visits'

export const appointmentsSchedules = [
  defineSchedule({ name: 'appointments.expire', everyMs: 30_000, run: expireHolds }),
  defineSchedule({ name: 'appointments.remind', everyMs: 60_000, run: remindVisits }),
]

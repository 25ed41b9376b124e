import { defineSchedule } from '../../platforms/feature'
import { gatherMeters } from './gather-meters'
import { joinCorrections } from './join-corrections'
import { remindMissing } from './remind-missing'

export const readingsSchedules = [
  defineSchedule({ name: 'readings.gather-meters', everyMs: 30_000, run: gatherMeters }),
  defineSchedule({ name: 'readings.join', everyMs: 60_000, run: joinCorrections }),
  defineSchedule({ name: 'readings.remind', everyMs: 60_000, run: remindMissing }),
]

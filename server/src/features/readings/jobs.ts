import { DAY_MS } from '../../core/clock'
import { defineSchedule } from '../../platforms/feature'
import { expirePhotos } from './expire-photos'
import { gatherMeters } from './gather-meters'
import { joinCorrections } from './join-corrections'
import { remindMissing } from './remind-missing'

export const readingsSchedules = [
  defineSchedule({ name: 'readings.gather-meters', everyMs: 30_000, run: gatherMeters }),
  defineSchedule({ name: 'readings.join', everyMs: 60_000, run: joinCorrections }),
  defineSchedule({
    name: 'readings.expire-photos',
    everyMs: DAY_MS,
    run: async (ctx, stopping) => {
      await expirePhotos(ctx, stopping)
    },
  }),
  defineSchedule({ name: 'readings.remind', everyMs: 60_000, run: remindMissing }),
]

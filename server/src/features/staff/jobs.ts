import { DAY_MS } from '../../core/clock'
import { defineSchedule } from '../../platforms/feature'
import { disableUnused } from './disable-unused'
import { forgetExpired } from './forget-expired'
import { markAwayOffline } from './mark-away-offline'

export const disableUnusedDaily = defineSchedule({
  name: 'staff.disable-unused',
  everyMs: DAY_MS,
  run: disableUnused,
})

export const markAwayOfflineEveryMinute = defineSchedule({
  name: 'staff.mark-away-offline',
  everyMs: 60_000,
  run: markAwayOffline,
})

export const forgetExpiredHourly = defineSchedule({
  name: 'staff.forget-expired',
  everyMs: 3_600_000,
  run: forgetExpired,
})

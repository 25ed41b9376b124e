import { defineSchedule } from '../../platforms/feature'
import { forgetExpired } from './forget-expired'

export const forgetExpiredHourly = defineSchedule({
  name: 'identity.forget-expired',
  everyMs: 3_600_000,
  run: forgetExpired,
})

import { defineSchedule } from '../../platforms/feature'
import { closeRestored } from './close-restored'
import { expireAttachments } from './expire-attachments'
import { sweepClocks } from './sweep-clocks'
import { wakeRequests } from './wake-requests'

export const requestsSchedules = [
  defineSchedule({ name: 'requests.clocks', everyMs: 10_000, run: sweepClocks }),
  defineSchedule({ name: 'requests.wake', everyMs: 30_000, run: wakeRequests }),
  defineSchedule({ name: 'requests.close-restored', everyMs: 5_000, run: closeRestored }),
  defineSchedule({
    name: 'requests.expire-attachments',
    everyMs: 3_600_000,
    run: async (ctx, stopping) => void (await expireAttachments(ctx, stopping)),
  }),
]

import { defineSchedule } from '../../platforms/feature'
import { drainWritebacks } from './drain-writebacks'
import { measureQueues } from './measure-queues'
import { rereadNotices } from './reread-notices'
import { sweepPayments } from './sweep-payments'
import { sweepRefunds } from './sweep-refunds'

export const paymentsSchedules = [
  defineSchedule({ name: 'payments.sweep', everyMs: 5_000, run: sweepPayments }),
  defineSchedule({ name: 'refunds.sweep', everyMs: 5_000, run: sweepRefunds }),
  defineSchedule({ name: 'writebacks.drain', everyMs: 2_000, run: drainWritebacks }),
  defineSchedule({ name: 'notices.reread', everyMs: 60_000, run: rereadNotices }),
  defineSchedule({ name: 'payments.measure', everyMs: 30_000, run: measureQueues }),
]

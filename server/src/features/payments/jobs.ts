import { defineSchedule } from '../../platforms/feature'
import { drainWritebacks } from './drain-writebacks'
import { sweepPayments } from './sweep-payments'
import { sweepRefunds } from './sweep-refunds'

export const paymentsSchedules = [
  defineSchedule({ name: 'payments.sweep', everyMs: 5_000, run: sweepPayments }),
  defineSchedule({ name: 'refunds.sweep', everyMs: 15_000, run: sweepRefunds }),
  defineSchedule({ name: 'writebacks.drain', everyMs: 10_000, run: drainWritebacks }),
]

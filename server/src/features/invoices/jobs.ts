import { DAY_MS } from '../../core/clock'
import { defineSchedule } from '../../platforms/feature'
import { forgetAddresses } from './forget-addresses'
import { runTasks } from './run-tasks'
import { watchRefunds } from './watch-refunds'

export const invoicesSchedules = [
  defineSchedule({ name: 'invoices.run', everyMs: 3_000, run: runTasks }),
  defineSchedule({ name: 'invoices.watch-refunds', everyMs: 10_000, run: watchRefunds }),
  defineSchedule({ name: 'invoices.forget-addresses', everyMs: DAY_MS, run: forgetAddresses }),
]

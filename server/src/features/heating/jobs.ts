import { defineSchedule } from '../../platforms/feature'
import { takeUpVisits } from './take-up'
import { tendCases } from './tend-cases'

export const heatingSchedules = [
  defineSchedule({ name: 'heating.take-up', everyMs: 5_000, run: takeUpVisits }),
  defineSchedule({ name: 'heating.tend', everyMs: 10_000, run: tendCases }),
]

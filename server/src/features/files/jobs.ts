import { defineSchedule } from '../../platforms/feature'
import { sweepFiles } from './sweep-files'

export const sweepFilesOften = defineSchedule({
  name: 'files.sweep',
  everyMs: 5 * 60_000,
  run: sweepFiles,
})

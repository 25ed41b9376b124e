import { defineSchedule } from '../../platforms/feature'
import { endNotices } from './end-notices'
import { keepCopy } from './public-copy'
import { publishDue } from './publish-due'

export const publishDueOften = defineSchedule({
  name: 'notices.publish-due',
  everyMs: 5_000,
  run: publishDue,
})

/** What answers while the database is away is at most so old. */
export const keepCopyOften = defineSchedule({
  name: 'notices.keep-copy',
  everyMs: 5_000,
  run: keepCopy,
})

export const endNoticesOften = defineSchedule({
  name: 'notices.end',
  everyMs: 300_000,
  run: endNotices,
})

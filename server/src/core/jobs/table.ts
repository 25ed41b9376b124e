import { col, defineTable } from '../db/tables'

export interface JobRow {
  id: string
  job: string
  /** Unique with the job's name, so that writing the same promise twice makes one job. */
  dedupe: string
  payload: string
  state: string
  /** When it is due; while it is claimed, when the claim ends. */
  runAt: number
  token: string | null
  attempts: number
  lastError: string | null
  createdAt: number
  doneAt: number | null
}

/** Work that is promised. A row is written in the transaction that makes it due and stays until it was done. */
export const jobTable = defineTable<JobRow>('job', {
  columns: {
    id: col.key(26),
    job: col.key(64),
    dedupe: col.key(96),
    payload: col.text(),
    state: col.key(8),
    runAt: col.instant(),
    token: col.key(32).orNull(),
    attempts: col.int(),
    lastError: col.words(500).orNull(),
    createdAt: col.instant(),
    doneAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { job_dedupe: ['job', 'dedupe'] },
  indexes: { job_due: ['state', 'runAt', 'id'], job_by_end: ['doneAt'] },
})

export interface ScheduleRow {
  name: string
  nextRunAt: number
  token: string | null
}

/** When each schedule runs next; whoever moves the row forward runs it, so one node of many does. */
export const scheduleTable = defineTable<ScheduleRow>('schedule', {
  columns: { name: col.key(64), nextRunAt: col.instant(), token: col.key(32).orNull() },
  primaryKey: ['name'],
})

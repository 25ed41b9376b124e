import { col, defineTable } from '../../core/db/tables'

/** Which telephone an agent sits at; agents say it themselves, because desks are shared. */
export interface ExtensionRow {
  companyId: string
  extension: string
  staffId: string
  since: number
}

export const extensionTable = defineTable<ExtensionRow>('call_extension', {
  columns: {
    companyId: col.key(32),
    extension: col.key(16),
    staffId: col.key(26),
    since: col.instant(),
  },
  primaryKey: ['companyId', 'extension'],
  indexes: { call_extension_of_staff: ['staffId'] },
})

/** `missed`: the caller gave up, or nobody was there. It stays on the call-back list until somebody has called. */
export type CallState = 'ringing' | 'talking' | 'ended' | 'missed'

/** One telephone call that the call centre's switch told us of. */
export interface CallRow {
  id: string
  companyId: string
  /** The switch's own name for the call. */
  switchCallId: string
  state: CallState
  numberSealed: string
  numberIndex: string
  /** The number is withheld, or was deleted when its time was over. */
  numberKnown: number
  /** Whose telephone rings, by the switch's word; null while it is in the queue. */
  agentId: string | null
  residentId: string | null
  householdId: string | null
  /** The household's; empty where none is known. */
  areaPath: string
  startedAt: number
  answeredAt: number | null
  endedAt: number | null
  /** By the switch's clock, of the newest event that named a telephone, so that one that comes late moves nobody. */
  lastEventAt: number
  requestId: string | null
  /** Of missed ones: `open` until somebody has called back; repeats of one number are counted, not listed again. */
  callBack: 'open' | 'taken' | 'done' | null
  missedTimes: number
  callBackById: string | null
  callBackByName: string | null
  callBackAt: number | null
  callBackResult: string | null
  version: number
  createdAt: number
  updatedAt: number
}

export const callTable = defineTable<CallRow>('call_log', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    switchCallId: col.key(64),
    state: col.key(8),
    numberSealed: col.key(160),
    numberIndex: col.key(64),
    numberKnown: col.flag(),
    agentId: col.key(26).orNull(),
    residentId: col.key(26).orNull(),
    householdId: col.key(26).orNull(),
    areaPath: col.key(160),
    startedAt: col.instant(),
    answeredAt: col.instant().orNull(),
    endedAt: col.instant().orNull(),
    lastEventAt: col.instant(),
    requestId: col.key(26).orNull(),
    callBack: col.key(8).orNull(),
    missedTimes: col.int(),
    callBackById: col.key(26).orNull(),
    callBackByName: col.words(20).orNull(),
    callBackAt: col.instant().orNull(),
    callBackResult: col.words(200).orNull(),
    version: col.int(),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { call_log_of_switch: ['companyId', 'switchCallId'] },
  indexes: {
    call_by_resident: ['residentId'],
    call_log_by_time: ['companyId', 'startedAt', 'id'],
    call_log_of_agent: ['agentId', 'state', 'startedAt'],
    call_log_call_back: ['companyId', 'callBack', 'startedAt', 'id'],
    call_log_by_number: ['numberIndex', 'startedAt'],
    call_log_under_way: ['state', 'startedAt', 'id'],
  },
})

import { monotonicMs } from '../../core/clock'
import type { SendOutcome } from '../../platforms'
import type { Config } from '../../platforms/whole-config'
import type { RestRow } from './entities'
import { isResting, type Outlook, restKey } from './outlook'
import type { Send } from './plan-message'

type Settings = Config['messages']

/** Far enough that only a person ends it. */
const UNTIL_A_PERSON_MS = 8_640_000_000_000_000
const MINUTE_MS = 60_000

/** How long a channel rests that has failed so often in a row: each rest is twice as long as the one before. */
function restLengthMs(settings: Settings, failures: number, askedMs: number | null): number {
  const most = settings.restMinutes * MINUTE_MS
  const first = askedMs ?? settings.restFirstSeconds * 1000
  return Math.min(most, first * 2 ** Math.min(20, Math.max(0, failures - settings.restAfterFailures)))
}

interface Watched extends RestRow {
  /** Not in the database yet. */
  changed: boolean
  /** Staff have to be told. */
  begun: boolean
  /** When this process had written it, by a clock that nobody sets. */
  writtenAtMono: number
}

const UNTOUCHED = { changed: false, begun: false, writtenAtMono: Number.NEGATIVE_INFINITY }

/**
 * What this process knows of channels and templates that rest. It follows every answer at once, so that a channel which
 * just said "no more" gets nothing of the batch that is under way, and hands its changes to the next transaction.
 */
export class RestWatch {
  private readonly rows = new Map<string, Watched>()

  constructor(private readonly settings: Settings) {}

  /**
   * The database knows what other processes and people did. What is not written yet stays, and so does what was written
   * since `readAtMono`: a batch that was claimed before a rest was written down knows nothing of it.
   */
  follow(rests: Outlook['rests'], readAtMono: number): void {
    const isNewer = (row: Watched): boolean => row.changed || row.writtenAtMono >= readAtMono
    for (const [key, row] of this.rows) if (!isNewer(row) && !rests.has(key)) this.rows.delete(key)
    for (const [key, row] of rests) {
      const known = this.rows.get(key)
      if (known && isNewer(known)) continue
      this.rows.set(key, { ...row, failures: Number(row.failures), ...UNTOUCHED })
    }
  }

  /** Whether this may not be sent now, because its channel or template has begun to rest since it was claimed. */
  isShut(send: Send): boolean {
    const { channel, platform } = send.choice
    if (isResting(this.rows.get(restKey(channel.name, platform.id)))) return true
    return !send.probe && isResting(this.rows.get(restKey(channel.name)))
  }

  note(send: Send, outcome: SendOutcome, now: number): void {
    this.noteChannel(send, outcome, now)
    this.noteTemplate(send, outcome, now)
  }

  private noteChannel(send: Send, outcome: SendOutcome, now: number): void {
    const row = this.rowOf(send.choice.channel.name, '*', now)
    const resting = row.restsUntil !== null
    const silent = outcome.platformCode === null && (outcome.state === 'later' || outcome.state === 'unknown')
    if (!silent && outcome.advice !== 'rest-channel') {
      // Only the probe may end a rest: an answer to what was sent before it says nothing about now.
      if (row.failures === 0 || (resting && !send.probe)) return
      Object.assign(row, { failures: 0, reason: null, restsUntil: null, probeAt: null, updatedAt: now })
      row.changed = true
      return
    }
    if (resting && !send.probe) return
    const { restAfterFailures, restMinutes } = this.settings
    const asked = outcome.waitMs ?? restMinutes * MINUTE_MS
    const failures = silent ? row.failures + 1 : Math.max(row.failures + 1, restAfterFailures)
    Object.assign(row, { failures, updatedAt: now, changed: true })
    if (failures < restAfterFailures) return
    const until = now + restLengthMs(this.settings, failures, silent ? null : asked)
    row.begun ||= !resting
    Object.assign(row, {
      reason: (silent ? 'unreachable' : (outcome.platformCode ?? 'unknown')).slice(0, 64),
      restsUntil: until,
      probeAt: until,
    })
  }

  private noteTemplate(send: Send, outcome: SendOutcome, now: number): void {
    if (outcome.advice !== 'rest-template' && outcome.state !== 'delivered') return
    const { channel, platform } = send.choice
    const known = this.rows.get(restKey(channel.name, platform.id))
    if (outcome.state === 'delivered') {
      if (!known || known.failures === 0 || known.restsUntil !== null) return
      Object.assign(known, { failures: 0, updatedAt: now, changed: true })
      return
    }
    const row = this.rowOf(channel.name, platform.id, now)
    Object.assign(row, { failures: row.failures + 1, updatedAt: now, changed: true })
    if (row.failures < this.settings.restAfterUnfit || row.restsUntil !== null) return
    row.begun = true
    Object.assign(row, {
      reason: `unfit:${outcome.platformCode ?? ''}`.slice(0, 64),
      restsUntil: UNTIL_A_PERSON_MS,
      probeAt: null,
    })
  }

  /** What is not in the database yet, and which rests have just begun. */
  changes(): readonly { readonly row: RestRow; readonly begun: boolean }[] {
    return [...this.rows.values()]
      .filter(({ changed }) => changed)
      .map((row) => ({ row: { ...row }, begun: row.begun }))
  }

  /** Called once the transaction with these changes has been committed. */
  written(changes: readonly { readonly row: RestRow; readonly begun: boolean }[]): void {
    const writtenAtMono = monotonicMs()
    for (const { row, begun } of changes) {
      const known = this.rows.get(restKey(row.channel, row.templateId))
      if (known) known.writtenAtMono = writtenAtMono
      if (known && begun) known.begun = false
      if (!known || known.updatedAt !== row.updatedAt || known.failures !== row.failures) continue
      known.changed = false
    }
  }

  private rowOf(channel: string, templateId: string, now: number): Watched {
    const key = restKey(channel, templateId)
    const known = this.rows.get(key)
    if (known) return known
    const none = { failures: 0, reason: null, restsUntil: null, probeAt: null }
    const row = { channel, templateId, ...none, updatedAt: now, ...UNTOUCHED }
    this.rows.set(key, row)
    return row
  }
}

import { placeholders, type Reader, type Tx } from '../../core/db/database'
import {
  type CreditRow,
  type DeliveryRow,
  deliveryTable,
  type EmailRow,
  type MessageRow,
  type SmsMonthRow,
} from './entities'

/**
 * The queue. A claim writes a token and a lease; every later change of a claimed row names the token, so whoever lost
 * the lease changes nothing. On engines with row locks, rows that another process is claiming are passed over.
 */

const passOver = (tx: Tx): string => (tx.engine === 'sqlite' ? '' : ' FOR UPDATE SKIP LOCKED')

/**
 * Beside the rows of an urgency that are due the index holds all that ever ended, before them, because their `dueAt` is
 * null. Left to itself MariaDB likes to walk through these at each claim; held to the index it begins at the first one due.
 */
export const inQueue = ({ engine }: Reader): string =>
  engine === 'sqlite' ? 'message' : 'message FORCE INDEX (message_due)'

/** What is due, by urgency and then by time; what somebody was sending and let go of is among them. */
export function dueRows(tx: Tx, urgency: number, nowMs: number, limit: number): Promise<MessageRow[]> {
  return tx.query<MessageRow>(
    `SELECT * FROM ${inQueue(tx)} WHERE urgency = ? AND dueAt <= ? ORDER BY dueAt, id LIMIT ${limit}${passOver(tx)}`,
    [urgency, nowMs],
  )
}

/** What waits for a channel, in the order in which it came. */
export function waitingRows(tx: Tx, channel: string, limit: number): Promise<MessageRow[]> {
  return tx.query<MessageRow>(
    `SELECT * FROM message WHERE waitsFor = ? ORDER BY urgency, id LIMIT ${limit}${passOver(tx)}`,
    [channel],
  )
}

/** Takes rows that this transaction has locked, until `leaseUntil`, and says over which channel they are about to go. */
export async function takeRows(
  tx: Tx,
  ids: readonly string[],
  claim: {
    readonly token: string
    readonly leaseUntil: number
    readonly trying: string
    readonly now: number
  },
): Promise<void> {
  await tx.execute(
    `UPDATE message SET token = ?, dueAt = ?, waitsFor = NULL, trying = ?, tryingSince = ?, attempts = attempts + 1
      WHERE id IN (${placeholders(ids.length)})`,
    [claim.token, claim.leaseUntil, claim.trying, claim.now, ...ids],
  )
}

/** Which of these rows still belong to this token, locked until the transaction ends. */
export async function stillHeld(tx: Tx, ids: readonly string[], token: string): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM message WHERE id IN (${placeholders(ids.length)}) AND token = ?${tx.forUpdate}`,
    [...ids, token],
  )
  return new Set(rows.map(({ id }) => id))
}

/** What becomes of rows. `waitsFor` keeps a row out of the queue until the channel works again. */
export interface RowEnd {
  readonly state: MessageRow['state']
  /** Null for what is final. */
  readonly dueAt: number | null
  readonly waitsFor: string | null
  /** True where a claim was counted that tried nothing. */
  readonly uncounted: boolean
}

/** Answers how many were still the token's; null where the transaction has locked the rows itself. */
export async function endRows(
  tx: Tx,
  ids: readonly string[],
  token: string | null,
  end: RowEnd,
): Promise<number> {
  return tx.execute(
    `UPDATE message SET state = ?, dueAt = ?, waitsFor = ?, token = NULL, trying = NULL, tryingSince = NULL
        ${end.uncounted ? ', attempts = attempts - 1' : ''}
      WHERE id IN (${placeholders(ids.length)})${token === null ? '' : ' AND token = ?'}`,
    [end.state, end.dueAt, end.waitsFor, ...ids, ...(token === null ? [] : [token])],
  )
}

export function deliveriesOf(reader: Reader, messageIds: readonly string[]): Promise<DeliveryRow[]> {
  if (messageIds.length === 0) return Promise.resolve([])
  return reader.query<DeliveryRow>(
    `SELECT * FROM message_delivery WHERE messageId IN (${placeholders(messageIds.length)}) ORDER BY startedAt, endedAt`,
    [...messageIds],
  )
}

export async function insertDeliveries(tx: Tx, rows: readonly DeliveryRow[]): Promise<void> {
  if (rows.length > 0) await tx.insert(deliveryTable, rows)
}

export function switchedOff(
  reader: Reader,
  residentIds: readonly string[],
): Promise<{ residentId: string; template: string }[]> {
  if (residentIds.length === 0) return Promise.resolve([])
  return reader.query<{ residentId: string; template: string }>(
    `SELECT residentId, template FROM message_switch
      WHERE residentId IN (${placeholders(residentIds.length)}) AND off = 1`,
    [...residentIds],
  )
}

export function creditsOf(reader: Reader, residentIds: readonly string[]): Promise<CreditRow[]> {
  if (residentIds.length === 0) return Promise.resolve([])
  return reader.query<CreditRow>(
    `SELECT * FROM message_credit WHERE residentId IN (${placeholders(residentIds.length)})
      ORDER BY residentId, channel, templateId`,
    [...residentIds],
  )
}

export function emailsOf(
  reader: Reader,
  residentIds: readonly string[],
): Promise<Pick<EmailRow, 'residentId' | 'addressSealed'>[]> {
  if (residentIds.length === 0) return Promise.resolve([])
  return reader.query<Pick<EmailRow, 'residentId' | 'addressSealed'>>(
    `SELECT residentId, addressSealed FROM resident_email
      WHERE residentId IN (${placeholders(residentIds.length)}) AND addressSealed IS NOT NULL`,
    [...residentIds],
  )
}

export function smsMonths(reader: Reader, month: string): Promise<SmsMonthRow[]> {
  return reader.query<SmsMonthRow>('SELECT * FROM sms_month WHERE month = ?', [month])
}

/** Whether a claim would find something: asked every second, so it takes no transaction. */
export async function anythingDue(reader: Reader, nowMs: number): Promise<boolean> {
  for (const urgency of [0, 1, 2]) {
    const rows = await reader.query<{ id: string }>(
      `SELECT id FROM ${inQueue(reader)} WHERE urgency = ? AND dueAt <= ? LIMIT 1`,
      [urgency, nowMs],
    )
    if (rows.length > 0) return true
  }
  const waiting = await reader.query<{ id: string }>(
    `SELECT m.id FROM message_rest r JOIN message m ON m.waitsFor = r.channel
      WHERE r.templateId = '*' AND (r.restsUntil IS NULL OR r.probeAt <= ?) LIMIT 1`,
    [nowMs],
  )
  return waiting.length > 0
}

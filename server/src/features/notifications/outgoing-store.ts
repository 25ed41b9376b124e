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

/** Takes the rows until `leaseUntil`. */
export async function takeRows(
  tx: Tx,
  ids: readonly string[],
  claim: { readonly token: string; readonly leaseUntil: number },
): Promise<void> {
  await tx.execute(
    `UPDATE message SET token = ?, dueAt = ?, waitsFor = NULL, attempts = attempts + 1
      WHERE id IN (${placeholders(ids.length)})`,
    [claim.token, claim.leaseUntil, ...ids],
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

/** What becomes of rows that a token holds. `waitsFor` keeps a row out of the queue until the channel works again. */
export interface RowEnd {
  readonly state: MessageRow['state']
  /** Null for what is final. */
  readonly dueAt: number | null
  readonly waitsFor: string | null
  /** True where this claim tried nothing, so that it does not count as an attempt. */
  readonly uncounted: boolean
}

export async function endRows(tx: Tx, ids: readonly string[], token: string, end: RowEnd): Promise<number> {
  return tx.execute(
    `UPDATE message SET state = ?, dueAt = ?, waitsFor = ?, token = NULL,
        attempts = attempts - ${end.uncounted ? 1 : 0}
      WHERE id IN (${placeholders(ids.length)}) AND token = ?`,
    [end.state, end.dueAt, end.waitsFor, ...ids, token],
  )
}

export function deliveriesOf(reader: Reader, messageIds: readonly string[]): Promise<DeliveryRow[]> {
  if (messageIds.length === 0) return Promise.resolve([])
  return reader.query<DeliveryRow>(
    `SELECT * FROM message_delivery WHERE messageId IN (${placeholders(messageIds.length)}) ORDER BY id`,
    [...messageIds],
  )
}

export async function insertDeliveries(tx: Tx, rows: readonly DeliveryRow[]): Promise<void> {
  if (rows.length > 0) await tx.insert(deliveryTable, rows)
}

/** An attempt that was never made, or that may be made again, leaves no trace. */
export async function forgetDeliveries(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.execute(
    `DELETE FROM message_delivery WHERE id IN (${placeholders(ids.length)}) AND state = 'sending'`,
    [...ids],
  )
}

export interface DeliveryEnd {
  readonly id: string
  readonly platformMessageId: string | null
}

/** Writes how deliveries ended that ended alike, in one statement. */
export async function endDeliveries(
  tx: Tx,
  ends: readonly DeliveryEnd[],
  how: {
    readonly state: DeliveryRow['state']
    readonly platformCode: string | null
    readonly costFen: number
    readonly endedAt: number
  },
): Promise<void> {
  const named = ends.filter(({ platformMessageId }) => platformMessageId !== null)
  const cases =
    named.length === 0
      ? 'NULL'
      : `CASE id ${named.map(() => 'WHEN ? THEN ?').join(' ')} ELSE platformMessageId END`
  await tx.execute(
    `UPDATE message_delivery SET state = ?, platformCode = ?, costFen = ?, endedAt = ?, platformMessageId = ${cases}
      WHERE id IN (${placeholders(ends.length)}) AND state = 'sending'`,
    [
      how.state,
      how.platformCode?.slice(0, 64) ?? null,
      how.costFen,
      how.endedAt,
      ...named.flatMap(({ id, platformMessageId }) => [id, platformMessageId?.slice(0, 64) ?? null]),
      ...ends.map(({ id }) => id),
    ],
  )
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

import { placeholders, type Reader, type SqlValue, type Tx } from '../../core/db/database'

/** What one payment put on one bill, and how much of it has not gone back. */
export interface PaidItem {
  readonly paymentId: string
  readonly billId: string
  readonly companyId: string
  readonly householdId: string
  readonly accountNo: string
  readonly title: string
  readonly period: string
  readonly paidAt: number
  /** The household's code by which the payer came; null for who has bound the household. */
  readonly codeId: string | null
  readonly paidFen: number
  /** Less everything that was given back or is on its way back. */
  readonly leftFen: number
}

type Raw = Omit<PaidItem, 'leftFen'> & { readonly backFen: number | string | null }

const SELECT = `SELECT b.paymentId, b.billId, b.companyId, b.householdId, b.accountNo, b.title, b.period, p.paidAt,
    p.codeId, b.allocatedFen AS paidFen,
    (SELECT SUM(r.amountFen) FROM refund r WHERE r.paymentId = b.paymentId AND r.billId = b.billId) AS backFen
  FROM payment p JOIN payment_bill b ON b.paymentId = p.id`
/** Only money that came and reached the bill: what was late or too much went back or became credit. */
const ARRIVED = "p.state = 'paid' AND p.paidAt IS NOT NULL AND b.allocatedFen > 0"

const itemOf = ({ backFen, ...row }: Raw): PaidItem => {
  const paidFen = Number(row.paidFen)
  return { ...row, paidAt: Number(row.paidAt), paidFen, leftFen: Math.max(0, paidFen - Number(backFen ?? 0)) }
}

/** The settled payments of these residents, newest first, as ids: one page of what paidItems is asked for. */
export async function settledPayments(
  reader: Reader,
  asked: {
    readonly residentIds: readonly string[]
    readonly fromAt: number
    readonly untilAt: number
    readonly before: string | null
    readonly limit: number
  },
): Promise<string[]> {
  const { residentIds, fromAt, untilAt, before, limit } = asked
  const rows = await reader.query<{ id: string }>(
    `SELECT id FROM payment WHERE residentId IN (${placeholders(residentIds.length)}) AND state = 'paid'
      AND paidAt >= ? AND paidAt < ? ${before === null ? '' : 'AND id < ?'} ORDER BY id DESC LIMIT ${limit}`,
    [...residentIds, fromAt, untilAt, ...(before === null ? [] : [before])],
  )
  return rows.map(({ id }) => id)
}

/** What these payments of these residents put on bills. */
export async function paidItems(
  reader: Reader,
  asked: { readonly residentIds: readonly string[]; readonly paymentIds: readonly string[] },
): Promise<PaidItem[]> {
  if (asked.paymentIds.length === 0) return []
  const params: SqlValue[] = [...asked.paymentIds, ...asked.residentIds]
  const rows = await reader.query<Raw>(
    `${SELECT} WHERE p.id IN (${placeholders(asked.paymentIds.length)})
      AND p.residentId IN (${placeholders(asked.residentIds.length)}) AND ${ARRIVED}
      ORDER BY p.id DESC, b.period, b.billId`,
    params,
  )
  return rows.map(itemOf)
}

/** The same under the locks of their payments, so that no refund can come between; in one order for everybody. */
export async function lockPaidItems(
  tx: Tx,
  asked: { readonly residentIds: readonly string[]; readonly paymentIds: readonly string[] },
): Promise<PaidItem[]> {
  for (const id of [...new Set(asked.paymentIds)].sort())
    await tx.query(`SELECT id FROM payment WHERE id = ?${tx.forUpdate}`, [id])
  return paidItems(tx, asked)
}

/** What has not gone back of what these payments put on their bills, whoever paid. */
export async function leftOfPayments(
  reader: Reader,
  paymentIds: readonly string[],
): Promise<Pick<PaidItem, 'paymentId' | 'billId' | 'leftFen'>[]> {
  if (paymentIds.length === 0) return []
  const rows = await reader.query<Raw>(
    `${SELECT} WHERE p.id IN (${placeholders(paymentIds.length)}) AND ${ARRIVED}`,
    paymentIds,
  )
  return rows.map(itemOf)
}

/** Refunds of parts of bills in the order of their ids, for who follows them with a cursor. */
export async function billRefundsAfter(
  reader: Reader,
  asked: { readonly afterId: string; readonly limit: number },
): Promise<{ id: string; paymentId: string; billId: string | null; createdAt: number }[]> {
  return reader.query(
    `SELECT id, paymentId, billId, createdAt FROM refund WHERE id > ? ORDER BY id LIMIT ${asked.limit}`,
    [asked.afterId],
  )
}

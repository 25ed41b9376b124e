import { createHash, randomBytes } from 'node:crypto'
import type { Pool } from 'mysql2/promise'
import { requestText } from './load'
import { insertRows } from './orders'

export const BILLS_PER_HOUSEHOLD = 12

/** 26 digits are a well-formed id, and sort as they were made. */
const idOf = (number: number): string => String(number).padStart(26, '0')

/** Rows made in the server from its own sequence: four million in about a minute. */
export async function growBills(pool: Pool, from: number, to: number): Promise<void> {
  const step = 200_000
  const now = Date.now()
  for (let first = from; first <= to; first += step) {
    const last = Math.min(to, first + step - 1)
    await pool.query(`INSERT INTO bill (id, companyId, householdId, accountNo, kind, period, title, amountFen, lateFeeFen,
        paidFen, state, dueOn, comparedFen, detail, asOf, sourceName, version, createdAt, updatedAt)
      SELECT LPAD(seq, 26, '0'), 'gas', LPAD(FLOOR(seq / ${BILLS_PER_HOUSEHOLD}), 26, '0'),
        LPAD(FLOOR(seq / ${BILLS_PER_HOUSEHOLD}), 10, '0'), 'gas', CONCAT('2026-', LPAD(1 + seq % ${BILLS_PER_HOUSEHOLD}, 2, '0')),
        '2026年10月燃气费', 10000 + seq % 5000, 0, 0, 'open', '2026-11-20', '10000 0',
        '{"basis":"tiers","meterNo":"GM2613529370","previous":"3036","current":"3061"}', ${now}, '鹏燃客户信息系统', 1, ${now}, ${now}
      FROM seq_${first}_to_${last}`)
  }
}

/** Gives so many households, spread evenly over the table, a resident with a session; answers their list requests. */
export async function moveResidentsIn(pool: Pool, bills: number, count: number): Promise<string[]> {
  const households = Math.floor(bills / BILLS_PER_HOUSEHOLD) - 1
  const now = Date.now()
  const made = Array.from({ length: count }, (_, index) => {
    const household = idOf(1 + Math.floor((index * households) / count))
    return { household, resident: idOf(900_000_000 + index), token: randomBytes(16).toString('hex') }
  })
  await insertRows(
    pool,
    'resident',
    made.map(({ resident }) => ({ id: resident, elderMode: 0, createdAt: now })),
  )
  await insertRows(
    pool,
    'resident_session',
    made.map(({ resident, token }) => ({
      id: resident,
      tokenHash: createHash('sha256').update(token).digest('hex'),
      residentId: resident,
      channel: 'wechat-mini',
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + 86_400_000,
    })),
  )
  await insertRows(
    pool,
    'binding',
    made.map(({ resident, household }) => ({
      id: resident,
      residentId: resident,
      householdId: household,
      role: 'owner',
      isDefault: 1,
      boundAt: now,
      activeSlot: 1,
    })),
  )
  return made.map(({ household, token }) =>
    requestText('GET', `/api/bills.list?householdId=${household}&limit=20`, {
      authorization: `Bearer ${token}`,
    }),
  )
}

import type { Reader } from '../../core/db/database'
import type { BillFacts, ReadBy, TierFacts } from './import/layouts/types'
import { billsMadeAfter, meterBillById, type MeterBillRow, newestMeterBills } from './meter-bill-store'

/** What a bill says of the meter behind it. Numbers are exact decimals as text; days are Shanghai's. */
export interface MeterBill {
  readonly billId: string
  readonly companyId: string
  readonly householdId: string
  readonly accountNo: string
  readonly kind: 'heating' | 'gas' | 'power' | 'water'
  readonly period: string
  readonly title: string
  readonly meterNo: string
  readonly previous: string
  readonly current: string
  readonly used: string
  readonly multiplier: string | null
  readonly readOn: string
  readonly readBy: ReadBy
  /** What the use costs, with what is collected besides (污水处理费). */
  readonly feeFen: number
  readonly lateFeeFen: number
  readonly amountFen: number
  readonly paidFen: number
  readonly state: 'open' | 'paid' | 'cancelled'
  readonly dueOn: string | null
  readonly version: number
  readonly tiers: TierFacts['tiers']
  readonly createdAt: number
  readonly updatedAt: number
}

/** A household's newest bills that a meter stands behind, newest first. */
export async function meterBillsOf(reader: Reader, householdId: string, limit: number): Promise<MeterBill[]> {
  return (await newestMeterBills(reader, householdId, limit)).flatMap((row) => meterBill(row) ?? [])
}

/** The next bills after `afterId` that a meter stands behind, and where the walk is then; null at its end. */
export async function walkMeterBills(
  reader: Reader,
  afterId: string,
  limit: number,
): Promise<{ bills: MeterBill[]; lastId: string | null }> {
  const rows = await billsMadeAfter(reader, afterId, limit)
  return { bills: rows.flatMap((row) => meterBill(row) ?? []), lastId: rows.at(-1)?.id ?? null }
}

/** Null where there is no such bill, or no meter behind it. */
export async function meterBillOf(reader: Reader, billId: string): Promise<MeterBill | null> {
  const row = await meterBillById(reader, billId)
  return row === null ? null : meterBill(row)
}

/** Whose bill this is; null where there is none. */
export async function ownerOfBill(
  reader: Reader,
  billId: string,
): Promise<Pick<MeterBillRow, 'householdId' | 'companyId' | 'period' | 'state'> | null> {
  return meterBillById(reader, billId)
}

function meterBill(row: MeterBillRow): MeterBill | null {
  const facts = JSON.parse(row.detail) as Partial<BillFacts>
  if (facts.basis !== 'tiers' || facts.meterNo === undefined || facts.meterNo === '') return null
  const { detail: _detail, id, ...rest } = row
  return {
    ...rest,
    billId: id,
    meterNo: facts.meterNo,
    previous: facts.previous ?? '0',
    current: facts.current ?? '0',
    used: facts.used ?? '0',
    multiplier: facts.multiplier ?? null,
    readOn: facts.readOn ?? '',
    readBy: facts.readBy ?? 'read',
    feeFen: (facts.charges ?? []).reduce((sum, { amountFen }) => sum + amountFen, facts.feeFen ?? 0),
    tiers: facts.tiers ?? [],
  }
}

import type { CompanyConfig } from '../../../core/config/companies'
import type { CoreCtx } from '../../../core/context'
import type { Tx } from '../../../core/db/database'
import { type AreaCache, saveImportedHouseholds } from '../../households'
import type { BillRow, BillVersionRow, ImportRunRow } from '../entities'
import {
  changeBill,
  confirmBills,
  insertBills,
  insertVersions,
  type KnownBill,
  lockKnownBills,
} from './bill-writer-store'
import type { AcceptedRecord } from './judge-record'

/** What a batch did. `untouched`: money is on the bill, or it is settled, so the export's other figure is ignored. */
export interface BatchChanges {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly untouched: number
}

const keyOf = (row: { accountNo: string; period: string }): string => `${row.accountNo}|${row.period}`

/** Writes the accepted records of one batch, households first. All of it is in the caller's transaction. */
export async function writeBatch(
  tx: Tx,
  ctx: CoreCtx,
  company: CompanyConfig,
  run: ImportRunRow,
  records: readonly AcceptedRecord[],
  areas: AreaCache,
): Promise<BatchChanges> {
  const households = new Map(records.map((record) => [record.accountNo, record.household]))
  const plan = await planBatch(tx, company, records, [...households.keys()])
  let fresh: BillRow[] = []
  await saveImportedHouseholds(tx, ctx, company.id, households, areas, (ids) => {
    fresh = plan.fresh.map((record) => newBill(ctx, company, run, record, idOf(ids, record.accountNo)))
  })
  await insertBills(tx, fresh)
  await insertVersions(
    tx,
    plan.changed.map(({ bill }) => oldVersion(ctx, run, bill)),
  )
  for (const { bill, record } of plan.changed)
    await changeBill(tx, newFigures(ctx, company, run, bill, record))
  await confirmBills(
    tx,
    plan.same.map(({ id }) => id),
    run.startedAt,
    company.import.sourceName,
  )
  return {
    created: fresh.length,
    updated: plan.changed.length,
    unchanged: plan.same.length,
    untouched: plan.untouched,
  }
}

interface BatchPlan {
  readonly fresh: AcceptedRecord[]
  readonly same: KnownBill[]
  readonly changed: { readonly bill: KnownBill; readonly record: AcceptedRecord }[]
  untouched: number
}

/** Locks the bills that are there already and sorts the records by what they mean for them. */
async function planBatch(
  tx: Tx,
  company: CompanyConfig,
  records: readonly AcceptedRecord[],
  accountNos: readonly string[],
): Promise<BatchPlan> {
  const periods = [...new Set(records.map(({ period }) => period))]
  const bills = await lockKnownBills(tx, company.id, accountNos, periods)
  const known = new Map(bills.map((bill) => [keyOf(bill), bill]))
  const plan: BatchPlan = { fresh: [], same: [], changed: [], untouched: 0 }
  for (const record of records) {
    const bill = known.size === 0 ? undefined : known.get(keyOf(record))
    if (bill === undefined) plan.fresh.push(record)
    else if (bill.comparedFen === record.comparedFen.join(' ')) plan.same.push(bill)
    else if (bill.state === 'open' && bill.paidFen === 0) plan.changed.push({ bill, record })
    else plan.untouched += 1
  }
  return plan
}

function idOf(ids: ReadonlyMap<string, string>, accountNo: string): string {
  const id = ids.get(accountNo)
  if (id === undefined) throw new Error('a bill was read whose household was not saved')
  return id
}

function figures(company: CompanyConfig, run: ImportRunRow, record: AcceptedRecord) {
  return {
    amountFen: record.owedFen,
    lateFeeFen: record.lateFeeFen,
    state: record.owedFen === 0 ? ('paid' as const) : ('open' as const),
    dueOn: record.dueOn,
    readBy: record.facts.basis === 'tiers' ? (record.facts.readBy ?? null) : null,
    comparedFen: record.comparedFen.join(' '),
    detail: JSON.stringify(record.facts),
    asOf: run.startedAt,
    sourceName: company.import.sourceName,
  }
}

function newBill(
  ctx: CoreCtx,
  company: CompanyConfig,
  run: ImportRunRow,
  record: AcceptedRecord,
  householdId: string,
): BillRow {
  const now = ctx.clock.now()
  return {
    id: ctx.ids.next(),
    companyId: company.id,
    householdId,
    accountNo: record.accountNo,
    kind: company.kind,
    period: record.period,
    title: titleOf(company.kind, record.period),
    ...figures(company, run, record),
    paidFen: 0,
    version: 1,
    heldByPaymentId: null,
    heldByResidentId: null,
    heldAt: null,
    createdAt: now,
    updatedAt: now,
  }
}

function newFigures(
  ctx: CoreCtx,
  company: CompanyConfig,
  run: ImportRunRow,
  bill: KnownBill,
  record: AcceptedRecord,
) {
  return {
    id: bill.id,
    ...figures(company, run, record),
    version: bill.version + 1,
    updatedAt: ctx.clock.now(),
  }
}

function oldVersion(ctx: CoreCtx, run: ImportRunRow, bill: KnownBill): BillVersionRow {
  return {
    billId: bill.id,
    version: bill.version,
    amountFen: bill.amountFen,
    lateFeeFen: bill.lateFeeFen,
    comparedFen: bill.comparedFen,
    dueOn: bill.dueOn,
    detail: bill.detail,
    asOf: bill.asOf,
    sourceName: bill.sourceName,
    replacedAt: ctx.clock.now(),
    replacedByRunId: run.id,
  }
}

const WHAT: Readonly<Record<CompanyConfig['kind'], string>> = {
  heating: '热费',
  gas: '燃气费',
  power: '电费',
  water: '水费',
}

/** `2026-2027采暖季热费`, `2026年10月电费`: what a resident calls the bill. */
export function titleOf(kind: CompanyConfig['kind'], period: string): string {
  const month = /^(\d{4})-(\d{2})$/.exec(period)
  return month ? `${month[1]}年${Number(month[2])}月${WHAT[kind]}` : `${period}采暖季${WHAT[kind]}`
}

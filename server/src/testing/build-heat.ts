import { inTransaction } from '../core/db/database'
import { insertCase } from '../features/heating/case-store'
import type { CaseRow, SupplyRow } from '../features/heating/entities'
import { insertSupply } from '../features/heating/supply-store'
import { outageMinutesTable } from '../features/notices/entities'
import { buildBill } from './factories'
import type { TestApp } from './harness'

const NOBODY_YET = {
  openSlot: 1,
  objectionSealed: null,
  answer: null,
  approver1Id: null,
  approver1Name: null,
  approved1At: null,
  approver2Id: null,
  approver2Name: null,
  approvedAt: null,
  refundedFen: 0,
  creditedFen: 0,
  closedAt: null,
  told: 1,
  nextLookAt: null,
} as const

const REFUND = {
  state: 'refund',
  amountFen: 2052,
  dailyFen: 2565,
  seasonDays: 141,
  lines: [],
  stops: [],
  findings: [],
  steps: ['一共退 20.52 元'],
  doubts: [],
  missing: [],
  isOver: true,
  payBy: null,
}

/** A cold home whose refund stands and waits for its resident, and an application that nobody has decided. */
export async function buildHeat(
  app: TestApp,
  of: {
    readonly companyId: string
    readonly areaPath: string
    readonly householdId: string
    readonly residentId: string
  },
): Promise<{ caseId: string; supplyId: string }> {
  const { ids, clock } = app.ctx()
  const now = clock.now()
  const shared = { ...of, areaName: '松海园', season: '2026-2027', version: 1, createdAt: now }
  const caseRow: CaseRow = {
    ...shared,
    ...NOBODY_YET,
    id: ids.next(),
    kind: 'cold',
    number: `TF${ids.next().slice(-20)}`,
    city: '示范市',
    state: 'final',
    requestedAt: now,
    amountFen: 2052,
    reckonedAt: now,
    refund: JSON.stringify(REFUND),
    finalAt: now,
    answeredAt: null,
    updatedAt: now,
  }
  const supply: SupplyRow = {
    ...shared,
    id: ids.next(),
    accountNo: '002100009999',
    filedById: null,
    filedByName: null,
    callerKind: null,
    agreementSealed: null,
    kind: 'stop',
    state: 'open',
    openSlot: 1,
    isLate: 0,
    reasonSealed: null,
    fromDay: null,
    plan: JSON.stringify({
      deadline: null,
      isLate: false,
      effectFen: 100,
      staysFen: 0,
      steps: [],
      missing: [],
    }),
    effectFen: 100,
    consentedAt: now,
    decidedById: null,
    decidedByName: null,
    decidedAt: null,
    answer: null,
  }
  await inTransaction(app.ctx(), async (tx) => {
    await insertCase(tx, caseRow)
    await insertSupply(tx, supply)
  })
  return { caseId: caseRow.id, supplyId: supply.id }
}

/** What the export says of 144.64 m², which are 25.65 yuan a day. */
const FEE = {
  basis: 'area',
  area: '144.64',
  price: '25.00',
  supplyState: '正常用热',
  share: null,
  grossFen: 361_600,
  reductionFen: 0,
  receivedFen: 0,
  lateFeeFen: 0,
}

/** A home with its season's bill that was without heat for the last 30 hours, which gives 32.06 yuan back. */
export async function buildStopped(
  app: TestApp,
  household: { readonly id: string; readonly accountNo: string },
): Promise<void> {
  const ctx = app.ctx()
  const untilAt = ctx.clock.now()
  const fromAt = untilAt - 30 * 3_600_000
  await buildBill(app, household, { amountFen: 361_600, lateFeeFen: 0, detail: JSON.stringify(FEE) })
  await inTransaction(ctx, (tx) =>
    tx.insert(outageMinutesTable, {
      noticeId: ctx.ids.next(),
      householdId: household.id,
      fromAt,
      untilAt,
      minutes: 1800,
      countedMinutes: 1800,
    }),
  )
}

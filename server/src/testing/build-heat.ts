import { inTransaction } from '../core/db/database'
import { insertCase } from '../features/heating/case-store'
import type { CaseRow, SupplyRow } from '../features/heating/entities'
import { insertSupply } from '../features/heating/supply-store'
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
    number: `TF${ids.next().slice(-20)}`,
    city: '示范市',
    state: 'final',
    requestedAt: now,
    stopsSince: 0,
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

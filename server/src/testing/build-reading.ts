import { inTransaction } from '../core/db/database'
import { claimFiles } from '../features/files'
import { meterTable, readingTable } from '../features/readings/entities'
import { buildBill, buildHousehold } from './factories'
import type { TestApp } from './harness'

/** A gas household of these residents whose newest bill names its meter, read at 3036. */
export async function buildMetered(
  app: TestApp,
  members: readonly string[],
): Promise<{ id: string; accountNo: string }> {
  const household = await buildHousehold(app, { companyId: 'gas', members })
  const facts = {
    basis: 'tiers',
    meterNo: `GM${household.accountNo}`,
    previous: '3011',
    current: '3036',
    multiplier: null,
    used: '25',
    readOn: '2026-10-17',
    readBy: 'read',
    tiers: [{ quantity: '25', price: '3.41', upTo: 50 }],
    feeFen: 8525,
    lateFeeFen: 0,
  }
  await buildBill(app, household, {
    companyId: 'gas',
    kind: 'gas',
    period: '2026-10',
    amountFen: 8525,
    lateFeeFen: 0,
    detail: JSON.stringify(facts),
  })
  return household
}

const UNDECIDED = {
  decidedById: null,
  decidedByName: null,
  decidedAt: null,
  decision: null,
  requestId: null,
  postedSerial: null,
  billId: null,
  billVersion: null,
  billAmountFen: null,
  correction: null,
  joinState: null,
  joinAmountFen: null,
  joinedAt: null,
  joinLookAt: null,
}

/** A doubtful reading of a household's meter, reported by this resident. */
export async function buildReading(
  app: TestApp,
  of: {
    readonly companyId: string
    readonly householdId: string
    readonly residentId: string
    readonly areaPath?: string
    readonly fileId?: string
  },
): Promise<string> {
  const { ids, clock } = app.ctx()
  const [id, meterId, now] = [ids.next(), ids.next(), clock.now()]
  const { companyId, householdId, residentId, areaPath = '', fileId = null } = of
  const meter = {
    id: meterId,
    companyId,
    householdId,
    accountNo: '0008800011',
    kind: 'gas' as const,
    serial: 'GM2613529370',
    unit: 'm³',
    integerDigits: 5,
    decimals: 3,
    lastValue: '3036',
    lastOn: '2026-10-17',
    lastBy: 'read' as const,
    lastPeriod: '2026-10',
    lastBillId: ids.next(),
    areaPath,
    createdAt: now,
    updatedAt: now,
  }
  const judgement = { isDoubtful: true, findings: ['high'], used: 1000, days: 36, usual: { from: 5, to: 70 } }
  await inTransaction(app.ctx(), async (tx) => {
    await tx.insert(meterTable, meter)
    await tx.insert(readingTable, {
      id,
      meterId,
      companyId,
      householdId,
      areaPath,
      serial: meter.serial,
      period: '2026-11',
      value: '4036',
      correctedValue: null,
      readAt: now,
      source: 'resident',
      residentId,
      fileId,
      reason: null,
      words: null,
      wordsFlagged: 0,
      state: 'doubtful',
      activeSlot: 1,
      judgement: JSON.stringify(judgement),
      dueAt: now + 172_800_000,
      ...UNDECIDED,
      version: 1,
      createdAt: now,
      updatedAt: now,
    })
    if (fileId !== null)
      await claimFiles(tx, app.ctx(), {
        fileIds: [fileId],
        owner: { kind: 'resident', id: residentId },
        claim: `reading:${id}`,
      })
  })
  return id
}

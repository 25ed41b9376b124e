import { companyOf } from '../../core/config/companies'
import type { Ctx } from '../../platforms/context'
import { deskHouseholds } from '../households'
import { readingPostingsOf } from '../payments'
import { requestsByIds } from '../requests'
import { unitOf } from '../tariffs'
import type { ReadingRow } from './entities'
import { metersOfHouseholds } from './meter-store'
import { judgementOf, usedWords } from './present'
import { type DeskReading, REASONS } from './schema'

/** Readings as the console shows them, in their order; households masked. */
export async function presentDeskReadings(ctx: Ctx, rows: readonly ReadingRow[]): Promise<DeskReading[]> {
  const { reader } = ctx.db
  const householdIds = [...new Set(rows.map(({ householdId }) => householdId))]
  const [households, meters, postings, requests] = await Promise.all([
    deskHouseholds(ctx, householdIds),
    metersOfHouseholds(reader, householdIds),
    readingPostingsOf(
      reader,
      rows.flatMap(({ postedSerial }) => postedSerial ?? []),
    ),
    requestsByIds(
      reader,
      rows.flatMap(({ requestId }) => requestId ?? []),
    ),
  ])
  return rows.map((row) => {
    const household = households.get(row.householdId)
    const judgement = judgementOf(row)
    const number = row.requestId === null ? undefined : requests.get(row.requestId)?.number
    return {
      id: row.id,
      companyId: row.companyId,
      household: {
        id: row.householdId,
        accountNoMasked: household?.accountNoMasked ?? '',
        nameMasked: household?.ownerNameMasked ?? '',
        addressMasked: household?.addressMasked ?? '',
        areaNames: [...(household?.areaNames ?? [])],
      },
      serial: row.serial,
      unit: unitOf(companyOf(ctx, row.companyId)),
      period: row.period,
      value: row.value,
      correctedValue: row.correctedValue,
      lastValue: meters.get(row.householdId)?.lastValue ?? '',
      state: row.state,
      findings: [...judgement.findings],
      used: judgement.used === null ? null : usedWords(judgement.used),
      usual: judgement.usual,
      source: row.source,
      hasPhoto: row.fileId !== null,
      reason: REASONS.find((one) => one === row.reason) ?? null,
      words: row.words,
      readAt: row.readAt,
      dueAt: row.dueAt,
      decidedByName: row.decidedByName,
      decidedAt: row.decidedAt,
      decision: row.decision,
      request: row.requestId === null || number === undefined ? null : { id: row.requestId, number },
      posting: row.postedSerial === null ? null : (postings.get(row.postedSerial) ?? 'waiting'),
      version: row.version,
    }
  })
}

/** One reading, for the answer of an act. */
export async function presentDeskReading(ctx: Ctx, row: ReadingRow): Promise<DeskReading> {
  const [view] = await presentDeskReadings(ctx, [row])
  if (!view) throw new Error('one reading is presented as one view')
  return view
}

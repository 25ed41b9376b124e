import type { CompanyConfig } from '../../core/config/companies'
import type { HouseholdSummary } from '../households'
import type { BillRow, BillVersionRow } from './entities'
import { explainBill } from './explain-bill'
import { explainLateFee } from './explain-late-fee'
import type { BillFacts } from './import/layouts/types'
import { owedOf } from './payable-store'
import { isServicePeriod, shownPeriod } from './service-period'
import type { BillDetail, BillSummary } from './schema'
import type { BillSummaryRow } from './store'

/** Who looks: an open order is shown only to the one who made it, because nobody else can open it. */
export interface Viewer {
  /** Every id this resident has had. */
  readonly residentIds: readonly string[]
  /** How long another's order keeps a bill to itself. */
  readonly holdMs: number
}

export function presentBill(row: BillSummaryRow, viewer: Viewer): BillSummary {
  const mine = row.heldByResidentId !== null && viewer.residentIds.includes(row.heldByResidentId)
  return {
    id: row.id,
    householdId: row.householdId,
    companyId: row.companyId,
    kind: row.kind,
    ...periodOf(row.period),
    title: row.title,
    ...(row.readBy === 'estimated' ? { estimated: true as const } : {}),
    amountFen: row.amountFen,
    paidFen: row.paidFen,
    owedFen: owedOf(row),
    lateFeeFen: row.lateFeeFen,
    state: row.state,
    dueOn: row.dueOn,
    heldByPaymentId: mine ? row.heldByPaymentId : null,
    heldByOtherUntil: row.heldByPaymentId === null || mine ? null : (row.heldAt ?? row.asOf) + viewer.holdMs,
    asOf: row.asOf,
  }
}

function periodOf(period: string): { period: string; service?: true } {
  return isServicePeriod(period) ? { period: shownPeriod(period), service: true } : { period }
}

export function presentBillDetail(
  row: BillRow,
  versions: readonly BillVersionRow[],
  context: {
    readonly household: HouseholdSummary
    readonly company: CompanyConfig
    readonly viewer: Viewer
    /** Where the tiers count the year: the place among them with this bill. */
    readonly tierOfYear: BillDetail['tier']
    readonly nowMs: number
  },
): BillDetail {
  // The importer and addServiceBill are the only writers of this column, and write nothing but BillFacts.
  const facts = JSON.parse(row.detail) as BillFacts
  const { household, company, viewer, tierOfYear, nowMs } = context
  const explained = explainBill(facts, company, row.period)
  return {
    ...presentBill(row, viewer),
    address: household.address,
    accountNoMasked: household.accountNoMasked,
    companyName: company.name,
    hotline: company.hotline,
    ...explained,
    tier: explained.tier === null ? null : (tierOfYear ?? explained.tier),
    lateFee: explainLateFee(row, company, nowMs),
    source: { name: row.sourceName, asOf: row.asOf },
    versions: versions.map(({ version, amountFen, replacedAt }) => ({ version, amountFen, replacedAt })),
  }
}

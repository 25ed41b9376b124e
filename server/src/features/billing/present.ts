import type { CompanyConfig } from '../../core/config/companies'
import type { HouseholdSummary } from '../households'
import type { BillRow, BillVersionRow } from './entities'
import { explainBill } from './explain-bill'
import type { BillFacts } from './import/layouts/types'
import { owedOf } from './payable-store'
import type { BillDetail, BillSummary } from './schema'
import type { BillSummaryRow } from './store'

export function presentBill(row: BillSummaryRow): BillSummary {
  return {
    id: row.id,
    householdId: row.householdId,
    companyId: row.companyId,
    kind: row.kind,
    period: row.period,
    title: row.title,
    amountFen: row.amountFen,
    paidFen: row.paidFen,
    owedFen: owedOf(row),
    lateFeeFen: row.lateFeeFen,
    state: row.state,
    dueOn: row.dueOn,
    heldByPaymentId: row.heldByPaymentId,
    asOf: row.asOf,
  }
}

export function presentBillDetail(
  row: BillRow,
  versions: readonly BillVersionRow[],
  household: HouseholdSummary,
  company: CompanyConfig,
): BillDetail {
  // The importer is the only writer of this column, and writes nothing but BillFacts.
  const facts = JSON.parse(row.detail) as BillFacts
  return {
    ...presentBill(row),
    address: household.address,
    accountNoMasked: household.accountNoMasked,
    companyName: company.name,
    hotline: company.hotline,
    ...explainBill(facts, company),
    source: { name: row.sourceName, asOf: row.asOf },
    versions: versions.map(({ version, amountFen, replacedAt }) => ({ version, amountFen, replacedAt })),
  }
}

import type { CodePage } from '../api/types'
import { owedOf } from './owed-by-code'

jest.mock('./code-visit', () => ({ currentVisit: () => null }))
jest.mock('../api/client', () => ({ write: jest.fn() }))

const page: CodePage = {
  companyId: 'gas',
  companyName: '鹏燃燃气',
  kind: 'gas',
  hotline: '95777',
  ownerNameMasked: '沈*宇',
  addressMasked: '香蜜湖花园*栋***',
  accountNoMasked: '000****011',
  owedFen: 8525,
  unknownReason: null,
  asOf: 1,
  bills: [{ id: 'B', title: '2026年10月燃气费', period: '2026-10', owedFen: 8525, dueOn: '2026-11-20' }],
  notices: [],
  may: { pay: ['wechat'], readMeter: true },
}

test('the cashier sees what a code shows, masked, as bills of one merchant', () => {
  const owed = owedOf({ householdId: 'H', page })
  expect(owed).toMatchObject({ totalFen: 8525, missing: [], asOf: 1 })
  expect(owed.groups[0]).toMatchObject({
    shortAddress: '香蜜湖花园*栋***',
    merchantKey: 'gas',
    bills: [{ id: 'B', owedFen: 8525, state: 'open', heldByPaymentId: null }],
  })
})
test('what is not known stays unknown', () => {
  const owed = owedOf({
    householdId: 'H',
    page: { ...page, owedFen: null, unknownReason: '取不到', bills: [] },
  })
  expect(owed.groups[0]).toMatchObject({ owedFen: null, unknownReason: '取不到', bills: [] })
  expect(owed.missing).toEqual(['鹏燃燃气'])
})

import type { DeskOutlet } from './api'
import { factsOf, formOf, isDegrees } from './outlet-form'

const outlet: DeskOutlet = {
  id: '01J9ZZZZZZZZZZZZZZZZZZZZZZ',
  companyId: 'gas',
  name: '香蜜湖营业厅',
  address: '香蜜湖路 2001 号',
  phone: '95777',
  latE6: 22_544_600,
  lngE6: 114_030_400,
  hours: {
    week: [[{ from: '08:30', to: '12:00' }], [], [], [], [], [], []],
    holiday: [{ from: '09:00', to: '12:00' }],
    exceptions: [{ from: '2027-02-05', to: '2027-02-05', spans: [], note: '盘点' }],
  },
  services: ['缴费'],
  access: { 'low-desk': 'yes', ramp: 'no' },
  note: '',
  hasTickets: true,
  minutesEach: 10,
  state: 'open',
  version: 3,
  updatedAt: 0,
}

test('what was opened and saved unchanged is the same, and what nobody checked stays unknown', () => {
  const { id: _id, companyId: _company, version: _version, updatedAt: _updated, ...facts } = outlet
  expect(factsOf(formOf(outlet, 'gas'))).toEqual(facts)
})

test('degrees are decimal, with enough places to find a door', () => {
  expect(['22.5446', '114.030400', '22', '22,54', 'N22.5'].map(isDegrees)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})
